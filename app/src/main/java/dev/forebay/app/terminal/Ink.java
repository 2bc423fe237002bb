package dev.forebay.app.terminal;

/// What a piece of text is painted with. The numbers are the terminal's own palette.
public enum Ink {
  PLAIN(""),
  BOLD("1"),
  DIM("2"),
  RED("31"),
  GREEN("32"),
  YELLOW("33"),
  BLUE("34"),
  MAGENTA("35"),
  CYAN("36");

  private final String code;

  Ink(String code) {
    this.code = code;
  }

  String code() {
    return code;
  }
}
