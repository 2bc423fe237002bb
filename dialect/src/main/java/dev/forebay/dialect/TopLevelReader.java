package dev.forebay.dialect;

import java.util.Arrays;

/// Picks a few fields out of the root object of a JSON document that comes in pieces, wherever they
/// stand. *Confined to the exchange.*
///
/// Everything else is stepped over by its structure alone, strings by their quotes: what is not
/// well formed gives no fields, and no fault either. A field that occurs twice is taken twice.
final class TopLevelReader {

  /// Values longer than this are not what anybody looks for.
  private static final int LONGEST_VALUE = 64 * 1024;

  private static final int LONGEST_NAME = 32;

  /// Takes a field's value: an object with its braces, or a string with its quotes.
  interface Fields {

    /// Whether the value of a field is wanted.
    boolean wants(byte[] name, int length);

    void field(byte[] name, int nameLength, byte[] value, int valueLength);
  }

  private final Fields fields;
  private int depth;
  private boolean begun;
  private boolean objectRoot;
  private boolean inString;
  private boolean escaped;

  private final byte[] name = new byte[LONGEST_NAME];
  private int nameLength;
  private boolean nameOpen;

  /// A string at the top level is a name unless a colon has just passed.
  private boolean valueNext;

  private boolean wanted;
  private byte[] value = new byte[0];
  private int valueLength;
  private boolean capturing;

  TopLevelReader(Fields fields) {
    this.fields = fields;
  }

  void feed(byte[] array, int offset, int length) {
    int to = offset + length;
    int i = offset;
    int captured = i;
    while (i < to) {
      if (inString) {
        int from = i;
        i = string(array, i, to);
        if (nameOpen) {
          keepName(array, from, inString ? i : i - 1);
        }
        if (!inString) {
          nameOpen = false;
          if (depth == 1 && capturing) {
            keepValue(array, captured, i);
            taken();
          }
        }
        continue;
      }
      if (depth != 1 || !objectRoot) {
        i = Bytes.structure(array, i, to);
        if (i == to) {
          break;
        }
      }
      byte b = array[i++];
      switch (b) {
        case '"' -> {
          inString = true;
          if (depth == 1 && objectRoot) {
            if (valueNext) {
              captured = i - 1;
              capturing = wanted;
            } else {
              nameOpen = true;
              nameLength = 0;
            }
          }
        }
        case ':' -> {
          if (depth == 1 && objectRoot) {
            valueNext = true;
            wanted = nameLength < LONGEST_NAME && fields.wants(name, nameLength);
          }
        }
        case ',' -> {
          if (depth == 1) {
            valueNext = false;
          }
        }
        case '{', '[' -> {
          begun = true;
          if (depth == 0) {
            objectRoot = b == '{';
            valueNext = false;
          } else if (depth == 1 && valueNext && wanted && b == '{') {
            captured = i - 1;
            capturing = true;
          }
          depth++;
        }
        case '}', ']' -> {
          depth = Math.max(0, depth - 1);
          if (depth == 1 && capturing) {
            keepValue(array, captured, i);
            taken();
          }
        }
        default -> {}
      }
    }
    if (capturing) {
      keepValue(array, captured, to);
    }
  }

  /// Whether a value has begun and everything that was opened is closed.
  boolean whole() {
    return begun && depth == 0 && !inString;
  }

  /// Moves behind the end of the string, or of the piece.
  private int string(byte[] array, int from, int to) {
    int i = from;
    while (i < to) {
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
        if (!inString) {
          break;
        }
      }
    }
    return i;
  }

  private void keepName(byte[] array, int from, int to) {
    int more = Math.min(to - from, LONGEST_NAME - nameLength);
    System.arraycopy(array, from, name, nameLength, more);
    nameLength += more;
  }

  private void keepValue(byte[] array, int from, int to) {
    int length = valueLength + to - from;
    if (length > LONGEST_VALUE) {
      capturing = false;
      valueLength = 0;
      return;
    }
    if (length > value.length) {
      value = Arrays.copyOf(value, Math.max(512, 2 * length));
    }
    System.arraycopy(array, from, value, valueLength, to - from);
    valueLength = length;
  }

  private void taken() {
    if (capturing) {
      capturing = false;
      fields.field(name, nameLength, value, valueLength);
      valueLength = 0;
    }
  }
}
