package dev.forebay.dialect.translate;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.neutral.Failure;
import dev.forebay.dialect.neutral.Failures;

/// Writes a provider's error for a client of another dialect.
final class Failed {

  private Failed() {}

  static Answered.Refusal write(Dialect client, Failure failure, String requestId) {
    JsonWriter out = new JsonWriter(256 + failure.message().length());
    switch (client) {
      case OPENAI_CHAT, OPENAI_RESPONSES -> Failures.openAi(failure, out);
      case ANTHROPIC_MESSAGES -> Failures.anthropic(failure, requestId, out);
      case GEMINI_GENERATE -> Failures.gemini(failure, out);
    }
    boolean anthropic = client == Dialect.ANTHROPIC_MESSAGES;
    return new Answered.Refusal(Failures.status(failure.status(), anthropic), out.take());
  }
}
