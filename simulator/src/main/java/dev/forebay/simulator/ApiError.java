package dev.forebay.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A refusal in a provider's own terms.
///
/// @param type `error.type`; for Gemini the gRPC status name
/// @param code Anthropic's `details.error_code`, OpenAI's `code`, the reason of Gemini's
///   `ErrorInfo`
/// @param param OpenAI's `param`
/// @param details Gemini's `details`
/// @param headers added to the answer's
record ApiError(
    int status,
    String type,
    @Nullable String code,
    String message,
    @Nullable String param,
    List<ObjectNode> details,
    Map<String, String> headers) {

  ApiError(int status, String type, @Nullable String code, String message) {
    this(status, type, code, message, null, List.of(), Map.of());
  }

  ApiError withParam(@Nullable String value) {
    return new ApiError(status, type, code, message, value, details, headers);
  }

  ApiError withDetail(ObjectNode value) {
    List<ObjectNode> all = new ArrayList<>(details);
    all.add(value);
    return new ApiError(status, type, code, message, param, all, headers);
  }

  ApiError withHeaders(Map<String, String> value) {
    return new ApiError(status, type, code, message, param, details, value);
  }

  /// The error body in the provider's form.
  ObjectNode body(Provider provider, String requestId) {
    return switch (provider) {
      case ANTHROPIC -> anthropic(requestId);
      case OPENAI -> openai();
      case GEMINI -> gemini();
    };
  }

  private ObjectNode anthropic(String requestId) {
    ObjectNode body = JsonText.object().put("type", "error");
    body.set("error", anthropicError());
    return body.put("request_id", requestId);
  }

  /// Anthropic's inner object, which also stands in an `error` event.
  ObjectNode anthropicError() {
    ObjectNode error = JsonText.object().put("type", type).put("message", message);
    if (code != null) {
      error.putObject("details").put("error_code", code);
    }
    return error;
  }

  private ObjectNode openai() {
    ObjectNode body = JsonText.object();
    body.set("error", openaiError());
    return body;
  }

  ObjectNode openaiError() {
    return JsonText.object()
        .put("message", message)
        .put("type", type)
        .put("param", param)
        .put("code", code);
  }

  private ObjectNode gemini() {
    ObjectNode body = JsonText.object();
    ObjectNode error =
        body.putObject("error").put("code", status).put("message", message).put("status", type);
    if (!details.isEmpty()) {
      ArrayNode array = error.putArray("details");
      details.forEach(array::add);
    }
    return body;
  }
}
