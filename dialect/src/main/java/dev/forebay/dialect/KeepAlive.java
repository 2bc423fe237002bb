package dev.forebay.dialect;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What tells the reader of a stream that nothing has been lost while nothing comes.
public final class KeepAlive {

  private static final byte[] PING =
      "event: ping\ndata: {\"type\": \"ping\"}\n\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] COMMENT = ": waiting\n\n".getBytes(StandardCharsets.US_ASCII);

  private KeepAlive() {}

  /// The bytes, which must not be changed; null where readers take nothing but answers.
  ///
  /// Anthropic's clients pass over its pings, OpenAI's over comments. Among Gemini's some fail at
  /// comments, and there is no event that says nothing.
  public static byte @Nullable [] of(Dialect dialect) {
    return switch (dialect) {
      case ANTHROPIC_MESSAGES -> PING;
      case OPENAI_CHAT, OPENAI_RESPONSES -> COMMENT;
      case GEMINI_GENERATE -> null;
    };
  }
}
