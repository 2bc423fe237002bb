package dev.forebay.control.keys;

import dev.forebay.dialect.Provider;
import org.jspecify.annotations.Nullable;

/// Tells whose key a secret is by how it begins.
///
/// A shape is a hint: providers change theirs, and a key behind another address may have any.
public final class SecretShape {

  private static final int SHORTEST = 8;
  private static final int LONGEST = 4_096;

  private SecretShape() {}

  /// The provider whose keys begin like this; null when it can be anybody's.
  public static @Nullable Provider provider(String secret) {
    if (secret.startsWith("sk-ant-")) {
      return Provider.ANTHROPIC;
    }
    if (secret.startsWith("sk-")) {
      return Provider.OPENAI;
    }
    if (secret.startsWith("AIza") || secret.startsWith("AQ.")) {
      return Provider.GEMINI;
    }
    return null;
  }

  /// What keeps the text from being a secret; null when nothing does. Never repeats the text.
  static @Nullable String problem(String secret) {
    if (secret.length() < SHORTEST || secret.length() > LONGEST) {
      return "has " + secret.length() + " characters; a key has " + SHORTEST + " to " + LONGEST;
    }
    if (!secret.chars().allMatch(c -> c > ' ' && c <= '~')) {
      return "has a character that no key has; was something else pasted with it?";
    }
    if (secret.startsWith("fb-") || secret.startsWith("fbt-")) {
      return "is a key of this gateway, not of a provider";
    }
    if (secret.startsWith("sk-admin-") || secret.startsWith("sk-ant-admin")) {
      return "is an administrator's key, which serves no requests; make an API key";
    }
    return null;
  }

  /// Whether the secret can only be another provider's.
  static boolean contradicts(String secret, Provider provider) {
    Provider shaped = provider(secret);
    return switch (provider) {
      case ANTHROPIC -> shaped == Provider.GEMINI;
      case OPENAI -> shaped == Provider.GEMINI || shaped == Provider.ANTHROPIC;
      case GEMINI -> shaped == Provider.ANTHROPIC;
    };
  }
}
