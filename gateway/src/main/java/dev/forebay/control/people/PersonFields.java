package dev.forebay.control.people;

import org.jspecify.annotations.Nullable;

/// What people may be called and what they may sign in with: each check answers null, or what is
/// wrong.
final class PersonFields {

  private static final int SHORTEST_PASSWORD = 10;
  private static final int LONGEST_PASSWORD = 200;
  private static final int LONGEST_EMAIL = 254;
  private static final int LONGEST_NAME = 100;

  private PersonFields() {}

  static @Nullable String email(String email) {
    int at = email.indexOf('@');
    boolean shaped =
        at > 0
            && at == email.lastIndexOf('@')
            && at < email.length() - 1
            && email.length() <= LONGEST_EMAIL
            && email.chars().noneMatch(c -> c <= ' ' || c == 0x7f);
    return shaped ? null : "must be an e-mail address such as me@example.com";
  }

  static @Nullable String name(String name) {
    boolean usable =
        !name.isBlank()
            && name.length() <= LONGEST_NAME
            && name.chars().noneMatch(Character::isISOControl);
    return usable ? null : "must have 1 to " + LONGEST_NAME + " characters";
  }

  static @Nullable String password(String password, String email) {
    int length = password.codePointCount(0, password.length());
    if (length < SHORTEST_PASSWORD || length > LONGEST_PASSWORD) {
      return "must have " + SHORTEST_PASSWORD + " to " + LONGEST_PASSWORD + " characters";
    }
    if (password.equalsIgnoreCase(email)) {
      return "must not be the e-mail address";
    }
    return password.chars().distinct().count() < 3 ? "must not repeat one or two characters" : null;
  }
}
