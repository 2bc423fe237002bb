package dev.forebay.dialect;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cuts a JSON array into its elements as it comes, whatever the cuts of the network. *Confined to
/// the exchange.*
///
/// Elements are objects; what stands between them travels with the one that follows. A document
/// that is an object and not an array is handed on as a single element: so errors may come.
public final class JsonArrayReader {

  private static final byte[] EMPTY = {};

  private final int longest;

  /// What has come of an element that is not complete; see [SseReader].
  private byte[] carry = EMPTY;

  private int carried;

  private int depth;

  /// The depth at which elements stand: 1 in an array, 0 when the document itself is the element.
  private int base;

  private boolean rootSeen;
  private boolean inString;
  private boolean escaped;

  /// Where the current element begins, counted from the first byte not yet handed on.
  private int elementFrom = -1;

  private boolean overlong;

  /// Takes what the reader finds, in order and without gaps.
  public interface Sink {

    /// An element from `elementFrom` to `to`, with what stands before it from `from` on.
    void element(byte[] array, int from, int to, int elementFrom);

    /// What ends the document, or follows it.
    void closing(byte[] array, int from, int to);
  }

  public JsonArrayReader(int longest) {
    this.longest = longest;
  }

  /// Digests a chunk; false when an element is longer than allowed, and nothing more can be read.
  public boolean feed(byte[] array, int offset, int length, Sink sink) {
    if (overlong) {
      return false;
    }
    int to = offset + length;
    int start = offset;
    int i = offset;
    while (i < to) {
      if (inString) {
        if (escaped) {
          escaped = false;
          i++;
          continue;
        }
        i = Bytes.quoteOrEscape(array, i, to);
        if (i < to) {
          escaped = array[i] == '\\';
          inString = escaped;
          i++;
        }
        continue;
      }
      i = Bytes.structure(array, i, to);
      if (i == to) {
        break;
      }
      byte b = array[i++];
      switch (b) {
        case '"' -> inString = true;
        case '{', '[' -> {
          if (!rootSeen) {
            rootSeen = true;
            base = b == '[' ? 1 : 0;
          }
          if (depth == base && !(base == 1 && depth == 0)) {
            elementFrom = carried + i - 1 - start;
          }
          depth++;
        }
        default -> {
          depth--;
          if (depth == base && elementFrom >= 0) {
            if (!element(array, start, i, sink)) {
              return false;
            }
            start = i;
          } else if (depth <= 0) {
            // A bracket too many is no worse than what follows a document.
            depth = 0;
            if (!closing(array, start, i, sink)) {
              return false;
            }
            start = i;
          }
        }
      }
    }
    if (start < to && isClosed()) {
      return closing(array, start, to, sink);
    }
    return start == to || keep(array, start, to);
  }

  private boolean element(byte[] array, int from, int to, Sink sink) {
    int element = elementFrom;
    elementFrom = -1;
    if (carried == 0) {
      sink.element(array, from, to, from + element);
      return true;
    }
    if (!keep(array, from, to)) {
      return false;
    }
    int length = carried;
    sink.element(handOver(), 0, length, element);
    return true;
  }

  private boolean closing(byte[] array, int from, int to, Sink sink) {
    if (carried == 0) {
      sink.closing(array, from, to);
      return true;
    }
    if (!keep(array, from, to)) {
      return false;
    }
    int length = carried;
    sink.closing(handOver(), 0, length);
    return true;
  }

  private byte[] handOver() {
    byte[] whole = carry;
    carry = EMPTY;
    carried = 0;
    return whole;
  }

  private boolean keep(byte[] array, int from, int to) {
    int length = carried + to - from;
    if (length > longest || length < 0) {
      overlong = true;
      return false;
    }
    if (length > carry.length) {
      int capacity = (int) Math.min(longest, Math.max(512L, 2L * length));
      carry = Arrays.copyOf(carry, capacity);
    }
    System.arraycopy(array, from, carry, carried, to - from);
    carried = length;
    return true;
  }

  /// Whether the document is complete.
  public boolean isClosed() {
    return rootSeen && depth == 0 && !inString;
  }

  /// What has come of an element that is not complete; null when there is none.
  public @Nullable Slice rest() {
    return carried == 0 ? null : new Slice(carry, 0, carried);
  }
}
