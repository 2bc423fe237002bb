package dev.forebay.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// Google's error objects.
final class GeminiErrors {

  private GeminiErrors() {}

  /// An argument that the service does not take.
  static ApiError invalid(String message) {
    return new ApiError(400, "INVALID_ARGUMENT", null, message);
  }

  /// A body that does not fit the schema, with its `BadRequest` detail.
  static ApiError badField(String field, String description) {
    ObjectNode detail = JsonText.object().put("@type", "type.googleapis.com/google.rpc.BadRequest");
    ObjectNode violation = detail.putArray("fieldViolations").addObject();
    if (!field.isEmpty()) {
      violation.put("field", field);
    }
    violation.put("description", description);
    return invalid(description).withDetail(detail);
  }

  /// Adds the `ErrorInfo` that goes with a reason.
  static ApiError explained(Call call, ApiError error) {
    String reason = error.code();
    KeyAccount key = call.knownKey();
    String consumer =
        reason == null || key == null || !namesConsumer(reason)
            ? ""
            : key.account().organization().id();
    return withReason(error, GoogleBearer.GEMINI, consumer);
  }

  /// Adds the `ErrorInfo` that goes with a reason.
  ///
  /// @param service the API that refuses
  /// @param consumer the project it names; empty for none
  static ApiError withReason(ApiError error, String service, String consumer) {
    String reason = error.code();
    if (reason == null) {
      return error;
    }
    ObjectNode info =
        JsonText.object()
            .put("@type", "type.googleapis.com/google.rpc.ErrorInfo")
            .put("reason", reason)
            .put("domain", "googleapis.com");
    ObjectNode metadata = info.putObject("metadata");
    metadata.put("service", service);
    if (!consumer.isEmpty()) {
      metadata.put("consumer", "projects/" + consumer);
    }
    return error.withDetail(info);
  }

  private static boolean namesConsumer(String reason) {
    return switch (reason) {
      case "SERVICE_DISABLED", "CONSUMER_SUSPENDED", "API_KEY_SERVICE_BLOCKED" -> true;
      default -> false;
    };
  }

  /// A failure of the service.
  static ApiError failed(int status) {
    return switch (status) {
      case 503 ->
          new ApiError(
              503, "UNAVAILABLE", null, "The model is overloaded. Please try again later.");
      case 504 ->
          new ApiError(
              504, "DEADLINE_EXCEEDED", null, "Deadline expired before operation could complete.");
      case 408 -> new ApiError(408, "DEADLINE_EXCEEDED", null, "Request timed out.");
      case 409 -> new ApiError(409, "ABORTED", null, "The operation was aborted.");
      default ->
          new ApiError(
              status,
              "INTERNAL",
              null,
              "An internal error has occurred. Please retry or report in"
                  + " https://developers.generativeai.google/guide/troubleshooting");
    };
  }
}
