package dev.forebay.dialect.verdict;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.forebay.dialect.verdict.ErrorFacts.Violation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects the facts of one error body. *Confined to one call.*
///
/// Reads the shapes of all providers at once: `{"error": {…}}`, Google's array around it, OpenAI's
/// flat error event, and `response.failed` with the error inside the response. A body that breaks
/// off or turns into something else keeps what had been read by then.
final class ErrorReader {

  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();
  private static final int MOST_DETAILS = 64;

  private @Nullable String type;
  private @Nullable String code;
  private @Nullable String detailCode;
  private @Nullable String status;
  private @Nullable String message;
  private @Nullable String consumer;
  private final List<String> reasons = new ArrayList<>(1);
  private final List<Violation> violations = new ArrayList<>(2);
  private long retryDelayNanos = Spans.UNKNOWN;

  ErrorFacts read(byte[] array, int offset, int length) {
    try (JsonParser parser = JSON.createParser(array, offset, length)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_ARRAY) {
        first = parser.nextToken();
      }
      if (first == JsonToken.START_OBJECT) {
        readRoot(parser);
      }
    } catch (IOException notJson) {
      // An error page of something in between, or a body cut short: the status decides.
    }
    return new ErrorFacts(
        type,
        code,
        detailCode,
        status,
        message == null ? "" : message,
        List.copyOf(reasons),
        consumer,
        List.copyOf(violations),
        retryDelayNanos);
  }

  private void readRoot(JsonParser parser) throws IOException {
    String flatType = null;
    String flatCode = null;
    String flatMessage = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "error" -> readError(parser, value);
        case "response" -> readResponse(parser, value);
        case "type" -> flatType = scalar(parser, value);
        case "code" -> flatCode = scalar(parser, value);
        case "message", "detail" -> flatMessage = scalar(parser, value);
        default -> parser.skipChildren();
      }
    }
    // "error" and "response.failed" name the event, not the error.
    if (type == null && flatType != null && !flatType.equals("error") && !isEvent(flatType)) {
      type = flatType;
    }
    code = code == null ? flatCode : code;
    message = message == null ? flatMessage : message;
  }

  private static boolean isEvent(String type) {
    return type.startsWith("response.");
  }

  private void readResponse(JsonParser parser, JsonToken value) throws IOException {
    if (value != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean error = parser.currentName().equals("error");
      JsonToken inner = parser.nextToken();
      if (error) {
        readError(parser, inner);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void readError(JsonParser parser, JsonToken value) throws IOException {
    if (value != JsonToken.START_OBJECT) {
      message = scalar(parser, value);
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken inner = parser.nextToken();
      switch (name) {
        case "type" -> type = scalar(parser, inner);
        case "code" -> code = scalar(parser, inner);
        case "status" -> status = scalar(parser, inner);
        case "message" -> message = scalar(parser, inner);
        case "details" -> readDetails(parser, inner);
        default -> parser.skipChildren();
      }
    }
  }

  /// An object at Anthropic, a list of `google.rpc` messages at Google.
  private void readDetails(JsonParser parser, JsonToken value) throws IOException {
    if (value == JsonToken.START_OBJECT) {
      readDetail(parser);
    } else if (value == JsonToken.START_ARRAY) {
      for (JsonToken item = parser.nextToken();
          item != null && item != JsonToken.END_ARRAY;
          item = parser.nextToken()) {
        if (item == JsonToken.START_OBJECT) {
          readDetail(parser);
        } else {
          parser.skipChildren();
        }
      }
    }
  }

  private void readDetail(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "error_code" -> detailCode = scalar(parser, value);
        case "reason" -> add(reasons, scalar(parser, value));
        case "metadata" -> readMetadata(parser, value);
        case "violations" -> readViolations(parser, value);
        case "retryDelay" -> retryDelayNanos = Spans.nanos(scalar(parser, value));
        default -> parser.skipChildren();
      }
    }
  }

  /// `google.rpc.ErrorInfo` says there which project is billed: `"consumer": "projects/123"`.
  private void readMetadata(JsonParser parser, JsonToken value) throws IOException {
    if (value != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean named = parser.currentName().equals("consumer");
      JsonToken inner = parser.nextToken();
      String text = scalar(parser, inner);
      consumer = named && text != null ? text : consumer;
    }
  }

  private void readViolations(JsonParser parser, JsonToken value) throws IOException {
    if (value != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    for (JsonToken item = parser.nextToken();
        item != null && item != JsonToken.END_ARRAY;
        item = parser.nextToken()) {
      if (item == JsonToken.START_OBJECT) {
        readViolation(parser);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void readViolation(JsonParser parser) throws IOException {
    String quotaId = null;
    String quotaValue = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "quotaId" -> quotaId = scalar(parser, value);
        case "quotaValue" -> quotaValue = scalar(parser, value);
        default -> parser.skipChildren();
      }
    }
    add(violations, new Violation(quotaId == null ? "" : quotaId, quotaValue));
  }

  private static <T> void add(List<T> list, @Nullable T item) {
    if (item != null && list.size() < MOST_DETAILS) {
      list.add(item);
    }
  }

  private static @Nullable String scalar(JsonParser parser, JsonToken value) throws IOException {
    if (value.isStructStart()) {
      parser.skipChildren();
      return null;
    }
    return value == JsonToken.VALUE_NULL ? null : parser.getText();
  }
}
