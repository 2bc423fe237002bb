package dev.forebay.dialect;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.forebay.dialect.GatewayError.Words;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Puts the gateway's own errors on the wire, in the caller's dialect. Pure and *thread-safe*.
///
/// The bodies are plain ASCII: some clients of Gemini split lines at U+2028.
public final class ErrorWriter {

  /// The domain of our reasons in `google.rpc.ErrorInfo`.
  public static final String DOMAIN = "forebay";

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long MILLIS_PER_SECOND = 1_000;

  private ErrorWriter() {}

  /// The body of an error answer.
  public static byte[] body(Dialect shape, GatewayError error, String requestId) {
    return write(shape, error, requestId, false);
  }

  /// The body as Gemini's `streamGenerateContent` without `alt=sse` has it: an array of one.
  public static byte[] arrayBody(GatewayError error, String requestId) {
    return write(Dialect.GEMINI_GENERATE, error, requestId, true);
  }

  /// An error as the data of the last event of a stream, in one line of plain ASCII.
  ///
  /// @param number of the event, where the dialect counts them
  public static String eventJson(Dialect shape, GatewayError error, long number) {
    return switch (shape) {
      case OPENAI_CHAT -> StreamErrors.openAi(error);
      case OPENAI_RESPONSES -> StreamErrors.openAiResponses(error, number);
      case ANTHROPIC_MESSAGES -> StreamErrors.anthropic(error);
      case GEMINI_GENERATE -> StreamErrors.gemini(error);
    };
  }

  public static String contentType() {
    return "application/json";
  }

  /// The headers that go with the body, names in lower case: content type, request id as the
  /// dialect's clients look for it, `retry-after`, `retry-after-ms` and `x-should-retry`.
  public static Map<String, String> headers(Dialect shape, GatewayError error, String requestId) {
    SequencedMap<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", contentType());
    switch (shape) {
      case OPENAI_CHAT, OPENAI_RESPONSES -> headers.put("x-request-id", requestId);
      case ANTHROPIC_MESSAGES -> headers.put("request-id", requestId);
      case GEMINI_GENERATE -> {}
    }
    Duration wait = error.retryAfter();
    if (wait != null) {
      long millis = millis(wait);
      headers.put("retry-after", Long.toString(Math.ceilDiv(millis, MILLIS_PER_SECOND)));
      headers.put("retry-after-ms", Long.toString(millis));
    }
    headers.put("x-should-retry", Boolean.toString(error.retryable()));
    return headers;
  }

  private static byte[] write(
      Dialect shape, GatewayError error, String requestId, boolean inArray) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256 + error.message().length());
    try (JsonGenerator json = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
      if (inArray) {
        json.writeStartArray();
      }
      switch (shape) {
        case OPENAI_CHAT, OPENAI_RESPONSES -> writeOpenAi(json, error);
        case ANTHROPIC_MESSAGES -> writeAnthropic(json, error, requestId);
        case GEMINI_GENERATE -> writeGemini(json, error, requestId);
      }
      if (inArray) {
        json.writeEndArray();
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return bytes.toByteArray();
  }

  private static void writeOpenAi(JsonGenerator json, GatewayError error) throws IOException {
    Words words = error.kind().words();
    json.writeStartObject();
    json.writeObjectFieldStart("error");
    json.writeStringField("message", error.message());
    json.writeStringField("type", words.openAiType());
    writeNullable(json, "param", words.param());
    json.writeStringField("code", words.code());
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeAnthropic(JsonGenerator json, GatewayError error, String requestId)
      throws IOException {
    Words words = error.kind().words();
    json.writeStartObject();
    json.writeStringField("type", "error");
    json.writeObjectFieldStart("error");
    json.writeStringField("type", words.anthropicType());
    json.writeStringField("message", error.message());
    json.writeObjectFieldStart("details");
    json.writeStringField("error_code", words.code());
    json.writeEndObject();
    json.writeEndObject();
    json.writeStringField("request_id", requestId);
    json.writeEndObject();
  }

  private static void writeGemini(JsonGenerator json, GatewayError error, String requestId)
      throws IOException {
    Words words = error.kind().words();
    json.writeStartObject();
    json.writeObjectFieldStart("error");
    json.writeNumberField("code", error.status());
    json.writeStringField("message", error.message());
    json.writeStringField("status", words.geminiStatus());
    json.writeArrayFieldStart("details");
    startDetail(json, "ErrorInfo");
    json.writeStringField("reason", words.geminiReason());
    json.writeStringField("domain", DOMAIN);
    json.writeEndObject();
    startDetail(json, "RequestInfo");
    json.writeStringField("requestId", requestId);
    json.writeEndObject();
    Duration wait = error.retryAfter();
    if (wait != null) {
      startDetail(json, "RetryInfo");
      json.writeStringField("retryDelay", protobufDuration(millis(wait)));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void startDetail(JsonGenerator json, String message) throws IOException {
    json.writeStartObject();
    json.writeStringField("@type", "type.googleapis.com/google.rpc." + message);
  }

  private static void writeNullable(JsonGenerator json, String field, @Nullable String value)
      throws IOException {
    if (value == null) {
      json.writeNullField(field);
    } else {
      json.writeStringField(field, value);
    }
  }

  /// Rounded up, and never nothing: whoever comes back at that time shall be served.
  private static long millis(Duration wait) {
    long nanos = wait.getNano();
    long millis = wait.getSeconds() * MILLIS_PER_SECOND + Math.ceilDiv(nanos, NANOS_PER_MILLI);
    return Math.max(1, millis);
  }

  private static String protobufDuration(long millis) {
    long fraction = millis % MILLIS_PER_SECOND;
    String seconds = Long.toString(millis / MILLIS_PER_SECOND);
    if (fraction == 0) {
      return seconds + "s";
    }
    String padded = Long.toString(MILLIS_PER_SECOND + fraction);
    return seconds + "." + padded.substring(1) + "s";
  }
}
