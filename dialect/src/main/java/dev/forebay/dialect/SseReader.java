package dev.forebay.dialect;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cuts a stream of server-sent events into events, whatever the cuts of the network [1]. *Confined
/// to the exchange.*
///
/// An event ends with a blank line; lines end with `\n`, `\r\n` or `\r`, mixed as they like. An
/// event that lies within one chunk is handed on where it lies; only one that straddles chunks is
/// copied.
///
/// [1] WHATWG, HTML, section 9.2.6, "Interpreting an event stream".
public final class SseReader {

  /// Room for pictures that come as base64 in a single event.
  public static final int LONGEST_EVENT = 32 * 1024 * 1024;

  private static final byte[] EMPTY = {};

  private final int longest;

  /// What has come of an event that is not complete. Once handed on, the array is never written to
  /// again.
  private byte[] carry = EMPTY;

  private int carried;
  private boolean atLineStart = true;
  private int lines;

  /// The last byte was a carriage return: a line feed that follows belongs to it.
  private boolean afterReturn;

  /// … and it completed an event, which has been handed on.
  private boolean eventDone;

  private boolean overlong;

  /// Takes what the reader finds, in order and without gaps.
  public interface Sink {

    /// A whole event with the blank line that ends it; or just a blank line.
    ///
    /// @param lines how many lines stand before the blank one
    void event(byte[] array, int from, int to, int lines);

    /// The line feed of the last event's final `\r\n`, when it came in a chunk of its own.
    void lineFeed(byte[] array, int from, int to);
  }

  public SseReader(int longest) {
    this.longest = longest;
  }

  /// Digests a chunk; false when an event is longer than allowed, and nothing more can be read.
  public boolean feed(byte[] array, int offset, int length, Sink sink) {
    if (overlong) {
      return false;
    }
    int to = offset + length;
    int start = offset;
    int i = offset;
    if (afterReturn && i < to) {
      if (array[i] == '\n') {
        i++;
        if (eventDone) {
          sink.lineFeed(array, start, i);
          start = i;
        }
      }
      afterReturn = false;
      eventDone = false;
    }
    while (i < to) {
      int line = Bytes.newline(array, i, to);
      if (line == to) {
        atLineStart = false;
        break;
      }
      boolean blank = atLineStart && line == i;
      i = line + 1;
      if (array[line] == '\r') {
        if (i == to) {
          afterReturn = true;
          eventDone = blank;
        } else if (array[i] == '\n') {
          i++;
        }
      }
      atLineStart = true;
      if (!blank) {
        lines++;
        continue;
      }
      complete(array, start, i, sink);
      start = i;
      lines = 0;
    }
    return start == to || keep(array, start, to);
  }

  private void complete(byte[] array, int from, int to, Sink sink) {
    if (carried == 0) {
      sink.event(array, from, to, lines);
      return;
    }
    if (!keep(array, from, to)) {
      return;
    }
    byte[] event = carry;
    int length = carried;
    carry = EMPTY;
    carried = 0;
    sink.event(event, 0, length, lines);
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

  /// What has come of an event that no blank line has ended; null when there is none.
  public @Nullable Slice rest() {
    return carried == 0 ? null : new Slice(carry, 0, carried);
  }
}
