package dev.forebay.secrets;

import java.util.random.RandomGenerator;

/// Makes the keys that Forebay issues to its own callers: `fb-` and 32 characters of base 62, some
/// 190 bits of chance.
public final class ClientKeys {

  /// What every generated key begins with.
  public static final String PREFIX = "fb-";

  private static final int LENGTH = 32;

  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private ClientKeys() {}

  /// A new client key.
  ///
  /// @param random a cryptographically strong source; anything else lets keys be guessed
  public static Secret generate(RandomGenerator random) {
    StringBuilder key = new StringBuilder(PREFIX.length() + LENGTH).append(PREFIX);
    for (int i = 0; i < LENGTH; i++) {
      key.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return Secret.of(key.toString());
  }
}
