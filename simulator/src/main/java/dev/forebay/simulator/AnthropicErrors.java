package dev.forebay.simulator;

/// Anthropic's most common errors.
final class AnthropicErrors {

  private AnthropicErrors() {}

  static ApiError invalid(String message) {
    return new ApiError(400, "invalid_request_error", null, message);
  }

  static ApiError notFound(String message) {
    return new ApiError(404, "not_found_error", null, message);
  }
}
