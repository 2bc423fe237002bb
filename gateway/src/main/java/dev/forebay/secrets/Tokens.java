package dev.forebay.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes tokens that nobody can guess, and what is derived from them.
public final class Tokens {

  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  /// More than 256 bits of chance.
  private static final int LENGTH = 43;

  private static final int ID_BYTES = 8;

  private Tokens() {}

  /// A new token of 43 characters of base 62 after its prefix.
  ///
  /// @param random a cryptographically strong source; anything else lets tokens be guessed
  public static Secret generate(String prefix, RandomGenerator random) {
    StringBuilder token = new StringBuilder(prefix.length() + LENGTH).append(prefix);
    for (int i = 0; i < LENGTH; i++) {
      token.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return Secret.of(token.toString());
  }

  /// A new identity: the prefix and sixteen hex digits. Unique by chance, no secret.
  public static String id(String prefix, RandomGenerator random) {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return prefix + HexFormat.of().formatHex(bytes);
  }

  /// A second token that only the holder of the first one can be told, without storing it: the
  /// HMAC-SHA-256 of the purpose under the token.
  public static String derived(String token, String purpose) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(token.getBytes(UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(purpose.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 is missing, which every Java platform has", e);
    }
  }

  /// Compares in a time that does not depend on where the two differ.
  public static boolean same(String one, String other) {
    return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
  }
}
