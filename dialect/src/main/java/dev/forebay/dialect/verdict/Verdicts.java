package dev.forebay.dialect.verdict;

import dev.forebay.dialect.HeaderLookup;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Provider;
import dev.forebay.dialect.Slice;
import java.time.Instant;

/// The decision tables of the providers. Pure and *thread-safe*.
public final class Verdicts {

  private Verdicts() {}

  /// What an answer other than 2xx means.
  public static Verdict ofAnswer(
      Provider provider,
      Operation operation,
      int status,
      HeaderLookup headers,
      byte[] body,
      Instant now) {
    throw new UnsupportedOperationException();
  }

  /// What an error inside a 200 means: the JSON of an error event, or a whole error body.
  public static Verdict ofStreamError(
      Provider provider, Operation operation, Slice errorPayload, Instant now) {
    throw new UnsupportedOperationException();
  }
}
