package dev.forebay.dialect.translate;

/// Reads the text of the only field of an object, a string, as its JSON comes in pieces. *Confined
/// to the exchange.*
final class StringField {

  private static final int HEX = 16;

  private enum At {
    /// Before the colon.
    NAME,
    /// Before the quote that opens the text.
    OPENING,
    TEXT,
    ESCAPE,
    UNICODE,
    BEHIND
  }

  private At at = At.NAME;
  private boolean inName;
  private int unit;
  private int digits;

  /// What the next piece adds to the text.
  String next(String piece) {
    StringBuilder text = new StringBuilder(piece.length());
    for (int i = 0; i < piece.length(); i++) {
      char c = piece.charAt(i);
      switch (at) {
        case NAME -> {
          if (c == '"') {
            inName = !inName;
          } else if (c == ':' && !inName) {
            at = At.OPENING;
          }
        }
        case OPENING -> at = c == '"' ? At.TEXT : at;
        case TEXT -> {
          switch (c) {
            case '\\' -> at = At.ESCAPE;
            case '"' -> at = At.BEHIND;
            default -> text.append(c);
          }
        }
        case ESCAPE -> escape(c, text);
        case UNICODE -> unicode(c, text);
        case BEHIND -> {}
      }
    }
    return text.toString();
  }

  private void escape(char c, StringBuilder text) {
    at = At.TEXT;
    switch (c) {
      case 'n' -> text.append('\n');
      case 't' -> text.append('\t');
      case 'r' -> text.append('\r');
      case 'b' -> text.append('\b');
      case 'f' -> text.append('\f');
      case 'u' -> {
        at = At.UNICODE;
        unit = 0;
        digits = 0;
      }
      default -> text.append(c);
    }
  }

  private void unicode(char c, StringBuilder text) {
    unit = unit * HEX + Math.max(0, Character.digit(c, HEX));
    if (++digits == 4) {
      text.append((char) unit);
      at = At.TEXT;
    }
  }
}
