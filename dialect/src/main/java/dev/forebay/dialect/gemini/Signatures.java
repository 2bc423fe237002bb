package dev.forebay.dialect.gemini;

import dev.forebay.dialect.Provider;
import dev.forebay.dialect.neutral.Seal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Seals as `thoughtSignature`, which is base64 and decoded by clients: tags are encoded, too.
public final class Signatures {

  /// What Gemini takes in place of the signature of a call that somebody else made.
  static final String NOBODYS = "skip_thought_signature_validator";

  /// The same as a JSON string.
  public static final byte[] NOBODYS_JSON =
      ('"' + NOBODYS + '"').getBytes(StandardCharsets.US_ASCII);

  /// How every encoded tag begins.
  private static final String ENCODED_PREFIX = "ZmIxL";

  private Signatures() {}

  /// The seal in a signature that a client holds; null when there is none.
  public static @Nullable Seal seal(String signature) {
    return held(signature).seal();
  }

  /// What a client holds.
  record Held(@Nullable Seal seal, boolean redacted) {}

  static Held held(String signature) {
    if (signature.isEmpty() || signature.equals(NOBODYS)) {
      return new Held(null, false);
    }
    if (signature.startsWith(ENCODED_PREFIX)) {
      try {
        String tagged = new String(Base64.getDecoder().decode(signature), StandardCharsets.UTF_8);
        return new Held(Seal.of(tagged, Provider.GEMINI), Seal.isRedacted(tagged));
      } catch (IllegalArgumentException e) {
        return new Held(null, false);
      }
    }
    return new Held(new Seal(Provider.GEMINI, null, signature), false);
  }

  /// What a client gets for a call of another provider's: without any, Gemini would not take it
  /// later on.
  public static String ofCall(Provider caller) {
    return given(new Seal(caller, null, ""), false);
  }

  /// What a client gets.
  static String given(Seal seal, boolean redacted) {
    return Base64.getEncoder()
        .encodeToString(seal.tagged(redacted).getBytes(StandardCharsets.UTF_8));
  }
}
