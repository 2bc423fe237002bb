package dev.forebay.dialect.verdict;

import dev.forebay.dialect.HeaderLookup;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Provider;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.verdict.Verdict.Failed;
import java.time.Instant;

/// The decision tables of the providers. Pure and *thread-safe*.
public final class Verdicts {

  private static final HeaderLookup NO_HEADERS = name -> null;

  private Verdicts() {}

  /// What an answer means that is not a success, given its whole body.
  ///
  /// A body may be compressed as its `content-encoding` says. A 2xx is taken for a success that
  /// turned out to hold an error.
  public static Verdict ofAnswer(
      Provider provider,
      Operation operation,
      int status,
      HeaderLookup headers,
      byte[] body,
      Instant now) {
    if (status < 200 || (status >= 300 && status < 400)) {
      return new Failed("answered with status " + status + ", which no API of a provider does");
    }
    ErrorFacts facts = ErrorFacts.of(body, headers.get("content-encoding"));
    int effective = status < 300 ? Refusal.IN_STREAM : status;
    return decide(provider, new Refusal(operation, effective, headers, facts, now));
  }

  /// What an error inside a 200 means: the JSON of an error event, or a whole error body.
  public static Verdict ofStreamError(
      Provider provider, Operation operation, Slice errorPayload, Instant now) {
    ErrorFacts facts = ErrorFacts.of(errorPayload);
    return decide(provider, new Refusal(operation, Refusal.IN_STREAM, NO_HEADERS, facts, now));
  }

  private static Verdict decide(Provider provider, Refusal refusal) {
    return switch (provider) {
      case ANTHROPIC -> AnthropicVerdicts.of(refusal);
      case OPENAI -> OpenAiVerdicts.of(refusal);
      case GEMINI -> GeminiVerdicts.of(refusal);
    };
  }
}
