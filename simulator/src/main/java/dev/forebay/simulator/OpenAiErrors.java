package dev.forebay.simulator;

import org.jspecify.annotations.Nullable;

/// OpenAI's most common errors.
final class OpenAiErrors {

  private OpenAiErrors() {}

  static ApiError invalid(String message, @Nullable String param) {
    return invalid(message, param, null);
  }

  static ApiError invalid(String message, @Nullable String param, @Nullable String code) {
    return new ApiError(400, "invalid_request_error", code, message).withParam(param);
  }

  static ApiError missing(String param) {
    return invalid(
        "Missing required parameter: '" + param + "'.", param, "missing_required_parameter");
  }

  static ApiError wrongType(String param, String expected) {
    return invalid(
        "Invalid type for '" + param + "': expected " + expected + ".", param, "invalid_type");
  }

  static ApiError unsupported(String param, String message) {
    return invalid(
        "Unsupported parameter: '" + param + "' " + message, param, "unsupported_parameter");
  }

  static ApiError notFound(String method, String path) {
    return new ApiError(
        404, "invalid_request_error", null, "Invalid URL (" + method + " " + path + ")");
  }

  static ApiError wrongMethod(String method, String path) {
    return new ApiError(
        405,
        "invalid_request_error",
        "method_not_supported",
        "Not allowed to " + method + " on " + path + ".");
  }
}
