package dev.forebay.dialect;

import org.jspecify.annotations.Nullable;

/// Reads the usage out of a unary JSON answer as its chunks pass. *Confined to the exchange.*
public final class UsageTap {

  private UsageTap() {}

  public static UsageTap of(Operation operation) {
    throw new UnsupportedOperationException();
  }

  public void feed(byte[] array, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  /// The usage of the whole answer; [Usage#NONE] when it states none.
  public Usage end() {
    throw new UnsupportedOperationException();
  }

  /// The id of the response or message; null when there was none.
  public @Nullable String resourceId() {
    throw new UnsupportedOperationException();
  }

  /// Whether what has passed so far is one whole JSON value, or no JSON at all (an answer that is not
  /// JSON is nobody's business here). False for a JSON answer that was cut short or is malformed.
  public boolean complete() {
    throw new UnsupportedOperationException();
  }
}
