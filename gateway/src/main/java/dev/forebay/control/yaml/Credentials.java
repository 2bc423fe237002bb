package dev.forebay.control.yaml;

import java.util.List;

/// Guesses whether a text is a credential, so that one in the wrong place is not repeated in a
/// message.
final class Credentials {
  private static final List<String> BEGINNINGS =
      List.of("sk-", "AIza", "AQ.", "fb-", "ya29.", "jdbc:");
  private static final int SHORTEST = 24;

  private Credentials() {}

  static boolean looksLike(String text) {
    if (BEGINNINGS.stream().anyMatch(text::startsWith) || text.indexOf('@') > 0) {
      return true;
    }
    return text.length() >= SHORTEST
        && text.chars().noneMatch(c -> c == ' ' || c == '/')
        && text.chars().anyMatch(Character::isDigit)
        && text.chars().anyMatch(Character::isLetter);
  }
}
