package dev.forebay.app.terminal;

/// Paints text, or leaves it as it is. *Immutable.*
///
/// @param colours whether escape sequences may be written
/// @param symbols whether the output can show more than ASCII
public record Style(boolean colours, boolean symbols) {

  /// Words alone.
  public static final Style PLAIN = new Style(false, false);

  /// The text in this ink.
  public String paint(Ink ink, String text) {
    return colours && ink != Ink.PLAIN && !text.isEmpty()
        ? "\u001b[" + ink.code() + "m" + text + "\u001b[0m"
        : text;
  }

  /// The first where the output can show it, else the second.
  public String symbol(String fancy, String ascii) {
    return symbols ? fancy : ascii;
  }

  public String bold(String text) {
    return paint(Ink.BOLD, text);
  }

  public String dim(String text) {
    return paint(Ink.DIM, text);
  }
}
