package dev.forebay.exchange;

import dev.forebay.dialect.Operation;

/// What a successful answer's head says of its body.
final class AnswerForm {

  private AnswerForm() {}

  /// Whether the body is a stream of events: by its type where one is given, else by what was
  /// asked.
  static boolean streams(Operation operation, boolean asked, Headers headers) {
    if (operation == Operation.STREAM_GENERATE_CONTENT) {
      return true;
    }
    String type = headers.get("content-type");
    return type != null ? type.startsWith("text/event-stream") : asked && operation.canStream();
  }

  /// Whether the body is one JSON value.
  static boolean json(Headers headers) {
    String type = headers.get("content-type");
    return type != null && type.startsWith("application/json");
  }

  /// Whether the body can be read: as it is, or after decoding.
  static boolean readable(Headers headers) {
    String encoding = headers.get("content-encoding");
    return encoding == null || "identity".equals(encoding) || Decoder.decodes(encoding);
  }
}
