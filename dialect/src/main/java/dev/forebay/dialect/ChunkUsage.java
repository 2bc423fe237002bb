package dev.forebay.dialect;

import java.nio.charset.StandardCharsets;

/// The `usage` field of one chunk, where it lies. A view that is set anew for each chunk. *Confined
/// to the exchange.*
final class ChunkUsage {

  /// Where to cut the field out, with the comma that joins it to its neighbour.
  int cutFrom;

  int cutTo;

  /// The usage is stated, and not null.
  boolean stated;

  /// The chunk is there for the usage alone: `"choices":[]`.
  boolean withoutChoices;

  private static final Pattern USAGE = pattern("\"usage\"");
  private static final Pattern CHOICES = pattern("\"choices\"");

  private static Pattern pattern(String text) {
    return new Pattern(text.getBytes(StandardCharsets.US_ASCII));
  }

  /// Looks for the field at the top level of a chunk; false when all keys of that name lie deeper.
  ///
  /// @param lastKey the quote that opens the last key of that name
  boolean find(byte[] array, int from, int to, int lastKey) {
    if (at(array, from, to, lastKey)) {
      return true;
    }
    int key = USAGE.find(array, from, lastKey);
    while (key >= 0 && !at(array, from, to, key)) {
      key = USAGE.find(array, key + 1, lastKey);
    }
    return key >= 0;
  }

  private boolean at(byte[] array, int from, int to, int key) {
    int colon = Bytes.skipSpace(array, key + USAGE.length(), to);
    if (colon == to || array[colon] != ':') {
      return false;
    }
    int value = Bytes.skipSpace(array, colon + 1, to);
    int end = valueEnd(array, value, to);
    if (end < 0 || !closesAtOnce(array, end, to)) {
      return false;
    }
    stated = array[value] == '{';
    withoutChoices = stated && hasNoChoices(array, from, to);
    int before = key - 1;
    while (before > from && Bytes.isSpace(array[before])) {
      before--;
    }
    if (array[before] == ',') {
      cutFrom = before;
      cutTo = end;
    } else {
      int after = Bytes.skipSpace(array, end, to);
      cutFrom = key;
      cutTo = after < to && array[after] == ',' ? after + 1 : end;
    }
    return true;
  }

  /// Behind a null or an object; -1 when the value is neither, or does not end.
  private static int valueEnd(byte[] array, int value, int to) {
    if (value + 4 <= to && array[value] == 'n') {
      return value + 4;
    }
    if (value >= to || array[value] != '{') {
      return -1;
    }
    int depth = 0;
    int i = value;
    while (i < to) {
      byte b = array[i++];
      if (b == '"') {
        i = Bytes.stringEnd(array, i, to);
      } else if (b == '{' || b == '[') {
        depth++;
      } else if ((b == '}' || b == ']') && --depth == 0) {
        return i;
      } else {
        i = Bytes.structure(array, i, to);
      }
    }
    return -1;
  }

  /// Whether what follows a value leaves only one object to close: that of the chunk itself.
  private static boolean closesAtOnce(byte[] array, int from, int to) {
    int depth = 0;
    int i = Bytes.structure(array, from, to);
    while (i < to) {
      byte b = array[i++];
      if (b == '"') {
        i = Bytes.stringEnd(array, i, to);
      } else if (b == '{' || b == '[') {
        depth++;
      } else if (--depth < 0) {
        return b == '}' && Bytes.skipSpace(array, i, to) == to;
      }
      i = Bytes.structure(array, i, to);
    }
    return false;
  }

  private static boolean hasNoChoices(byte[] array, int from, int to) {
    int key = CHOICES.find(array, from, to);
    if (key < 0) {
      return false;
    }
    int colon = Bytes.skipSpace(array, key + CHOICES.length(), to);
    int open = Bytes.skipSpace(array, colon + 1, to);
    int close = Bytes.skipSpace(array, open + 1, to);
    return close < to && array[colon] == ':' && array[open] == '[' && array[close] == ']';
  }
}
