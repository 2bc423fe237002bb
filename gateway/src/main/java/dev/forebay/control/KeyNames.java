package dev.forebay.control;

/// What keys and limit groups may be called: names travel in headers and labels, so they keep to
/// printable ASCII.
public final class KeyNames {

  /// The rule, as the end of a sentence.
  public static final String FORM = "a name of up to 64 printable ASCII characters";

  /// Characters at most.
  public static final int LONGEST = 64;

  private KeyNames() {}

  /// Whether something may be called this.
  public static boolean valid(String name) {
    return !name.isBlank()
        && name.equals(name.strip())
        && name.length() <= LONGEST
        && name.chars().allMatch(c -> c >= ' ' && c <= '~');
  }
}
