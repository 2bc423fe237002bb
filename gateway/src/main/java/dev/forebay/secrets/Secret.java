package dev.forebay.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A credential that never shows itself: not in a log, not in an exception, not in a debugger's
/// `toString()`. Immutable.
public final class Secret {

  /// Characters of a secret that may be shown to tell it from others.
  private static final int SUFFIX_LENGTH = 4;

  /// Below this length a suffix would give too much of the secret away.
  private static final int SHORTEST_WITH_SUFFIX = 12;

  /// A part of a secret that is shorter tells less than the suffix does.
  private static final int TELLING_PART = 8;

  private static final String COVER = "[key]";

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /// Wraps a credential.
  ///
  /// @throws IllegalArgumentException when it is empty
  public static Secret of(String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("secret: empty (expected: at least one character)");
    }
    return new Secret(value);
  }

  /// The credential in clear.
  public String reveal(SecretAccess access) {
    Objects.requireNonNull(access, "access");
    return value;
  }

  /// The last four characters, by which people tell keys apart; empty for a secret too short to
  /// show any.
  public String suffix() {
    return value.length() < SHORTEST_WITH_SUFFIX
        ? ""
        : value.substring(value.length() - SUFFIX_LENGTH);
  }

  /// A text without this credential: wherever it, or a beginning or an end of it that says much,
  /// stands in the text, there is "[key]".
  public String coveredIn(String text) {
    if (value.length() < SHORTEST_WITH_SUFFIX) {
      return text.replace(value, COVER);
    }
    int part = Math.max(TELLING_PART, value.length() / 2);
    return text.replace(value, COVER)
        .replace(value.substring(0, part), COVER)
        .replace(value.substring(value.length() - part), COVER);
  }

  /// Compares in a time that does not depend on where the two differ.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret that
        && MessageDigest.isEqual(value.getBytes(UTF_8), that.value.getBytes(UTF_8));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "Secret[…" + suffix() + "]";
  }
}
