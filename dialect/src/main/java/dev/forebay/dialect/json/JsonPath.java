package dev.forebay.dialect.json;

import org.jspecify.annotations.Nullable;

/// Places in a document, in words.
final class JsonPath {

  /// Paths of a hostile depth would only be noise.
  private static final int MOST_STEPS = 12;

  private static final int LONGEST_NAME = 60;

  private JsonPath() {}

  /// A path as `messages[2].content`; empty at the root.
  ///
  /// @param places as [JsonTokens] keeps them
  static String of(byte[] array, int[] places, @Nullable Where base) {
    StringBuilder path = new StringBuilder();
    int outermost = Math.max(0, places.length - MOST_STEPS);
    if (outermost > 0) {
      path.append('…');
    }
    for (int i = outermost; i < places.length; i++) {
      int place = places[i];
      if (place < -1) {
        path.append('[').append(-2 - place).append(']');
      } else if (place >= 0 && array[place] == '"') {
        path.append('.').append(name(array, place));
      }
    }
    if (base != null) {
      return path.insert(0, base).toString();
    }
    return path.indexOf(".") == 0 ? path.substring(1) : path.toString();
  }

  private static String name(byte[] array, int quote) {
    int to = quote + 1;
    while (array[to] != '"') {
      to += array[to] == '\\' ? 2 : 1;
    }
    String name = Literals.text(array, quote + 1, to);
    return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name;
  }

  /// A position as `byte 12, line 1, column 13`.
  static String position(byte[] array, int origin, int at) {
    int line = 1;
    int begin = origin;
    for (int i = origin; i < at; i++) {
      boolean ends = array[i] == '\n' || array[i] == '\r' && (i + 1 == at || array[i + 1] != '\n');
      if (ends) {
        line++;
        begin = i + 1;
      }
    }
    return "byte " + (at - origin) + ", line " + line + ", column " + (at - begin + 1);
  }
}
