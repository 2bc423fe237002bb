package dev.forebay.control.people;

/// Who asks to be let in, before anybody knows who it is. Immutable.
///
/// @param address the network address
/// @param agent the browser as it names itself
public record Visitor(String address, String agent) {

  private static final int LONGEST = 300;

  public Visitor {
    address = cut(address);
    agent = cut(agent);
  }

  private static String cut(String text) {
    StringBuilder kept = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .filter(c -> !Character.isISOControl(c) && !Character.isSurrogate((char) c))
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }
}
