package dev.forebay.dialect;

import java.util.Map;

/// Puts the gateway's own errors on the wire, in the caller's dialect. Pure and *thread-safe*.
public final class ErrorWriter {

  private ErrorWriter() {}

  /// The body of an error answer.
  public static byte[] body(Dialect shape, GatewayError error, String requestId) {
    throw new UnsupportedOperationException();
  }

  /// The body as Gemini's `streamGenerateContent` without `alt=sse` has it: an array of one.
  public static byte[] arrayBody(GatewayError error, String requestId) {
    throw new UnsupportedOperationException();
  }

  public static String contentType() {
    return "application/json";
  }

  /// The headers that go with the body, names in lower case: content type, request id as the
  /// dialect's clients look for it, `retry-after`, `retry-after-ms` and `x-should-retry`.
  public static Map<String, String> headers(Dialect shape, GatewayError error, String requestId) {
    throw new UnsupportedOperationException();
  }
}
