package dev.forebay.simulator;

import java.nio.ByteBuffer;
import java.util.Base64;

/// Signatures of reasoning, bound to the organisation that made them and to what they sign.
final class Signatures {

  private static final long MARK = 0x466f7265_62617921L;

  private Signatures() {}

  /// What is wrong with a signature that came back.
  enum Check {
    GOOD,
    MALFORMED,
    OF_ANOTHER_ORGANIZATION,
    OF_ANOTHER_TEXT
  }

  static String sign(String organization, String text) {
    byte[] bytes =
        ByteBuffer.allocate(24)
            .putLong(MARK)
            .putLong(Blocks.hash(organization))
            .putLong(Blocks.hash(text))
            .array();
    return Base64.getEncoder().encodeToString(bytes);
  }

  /// Checks a signature; an empty `text` (reasoning that was not shown) fits every signature.
  static Check check(String signature, String organization, String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(signature);
    } catch (IllegalArgumentException notBase64) {
      return Check.MALFORMED;
    }
    if (bytes.length != 24) {
      return Check.MALFORMED;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (buffer.getLong() != MARK) {
      return Check.MALFORMED;
    }
    if (buffer.getLong() != Blocks.hash(organization)) {
      return Check.OF_ANOTHER_ORGANIZATION;
    }
    return text.isEmpty() || buffer.getLong() == Blocks.hash(text)
        ? Check.GOOD
        : Check.OF_ANOTHER_TEXT;
  }
}
