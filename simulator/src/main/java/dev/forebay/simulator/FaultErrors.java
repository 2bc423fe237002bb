package dev.forebay.simulator;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// What scripted refusals look like in the words of each provider.
final class FaultErrors {

  private FaultErrors() {}

  /// The error a refusing fault stands for; [Fault.Status] is none of them.
  static ApiError of(Call call, String model, Fault fault) {
    Provider provider = call.account().provider();
    return switch (fault) {
      case Fault.RateLimited(RateLimitKind kind, @Nullable Duration retryAfter) ->
          rateLimited(call, model, kind, retryAfter);
      case Fault.Refused(Refusal refusal) -> refused(call, model, refusal);
      case Fault.Unauthorized _ ->
          refused(
              call,
              model,
              switch (provider) {
                case ANTHROPIC -> Refusal.ANTHROPIC_AUTHENTICATION;
                case OPENAI -> Refusal.OPENAI_INVALID_API_KEY;
                case GEMINI -> Refusal.GEMINI_TOKEN_TYPE;
              });
      case Fault.Forbidden _ ->
          refused(
              call,
              model,
              switch (provider) {
                case ANTHROPIC -> Refusal.ANTHROPIC_PERMISSION;
                case OPENAI -> Refusal.OPENAI_PERMISSION;
                case GEMINI -> Refusal.GEMINI_PERMISSION_DENIED;
              });
      case Fault.ServerError(int status) -> failed(provider, status);
      case Fault.Overloaded _ ->
          refused(
              call,
              model,
              switch (provider) {
                case ANTHROPIC -> Refusal.ANTHROPIC_OVERLOADED;
                case OPENAI -> Refusal.OPENAI_OVERLOADED;
                case GEMINI -> Refusal.GEMINI_UNAVAILABLE;
              });
      case Fault.SlowDown _ ->
          refused(
              call,
              model,
              switch (provider) {
                case ANTHROPIC -> Refusal.ANTHROPIC_OVERLOADED;
                case OPENAI -> Refusal.OPENAI_SLOW_DOWN;
                case GEMINI -> Refusal.GEMINI_UNAVAILABLE;
              });
      default -> throw new IllegalStateException("fault: " + fault + " (expected: a refusal)");
    };
  }

  private static ApiError rateLimited(
      Call call, String model, RateLimitKind kind, @Nullable Duration retryAfter) {
    return switch (kind.provider()) {
      case ANTHROPIC -> AnthropicLimits.scripted(call, kind, retryAfter);
      case OPENAI -> OpenAiLimits.scripted(call, model, kind, retryAfter);
      case GEMINI -> GeminiLimits.scripted(call, model, kind, retryAfter);
    };
  }

  /// A catalogued refusal, with the values of this request in its message.
  static ApiError refused(Call call, String model, Refusal refusal) {
    String message = refusal.message();
    if (message.indexOf('{') >= 0) {
      LocalDate today = call.world().clock().now().atZone(ZoneOffset.UTC).toLocalDate();
      KeyAccount key = call.knownKey();
      message =
          message
              .replace("{model}", model)
              .replace("{project}", key == null ? "" : key.section())
              .replace("{key}", key == null ? "" : masked(key.key().secret()))
              .replace("{regain}", today.plusMonths(1).withDayOfMonth(1).toString());
    }
    ApiError error = new ApiError(refusal.status(), refusal.type(), refusal.code(), message);
    return refusal.provider() == Provider.GEMINI ? GeminiErrors.explained(call, error) : error;
  }

  /// A key as OpenAI shows it: its ends.
  static String masked(String secret) {
    return secret.length() <= 12
        ? "****"
        : secret.substring(0, 7) + "*".repeat(8) + secret.substring(secret.length() - 4);
  }

  private static ApiError failed(Provider provider, int status) {
    return switch (provider) {
      case ANTHROPIC ->
          switch (status) {
            case 408, 504 -> new ApiError(status, "timeout_error", null, "Request timed out");
            case 409 -> new ApiError(status, "conflict_error", null, "Conflict");
            case 529 -> new ApiError(status, "overloaded_error", null, "Overloaded");
            default -> new ApiError(status, "api_error", null, "Internal server error");
          };
      case OPENAI ->
          new ApiError(
              status,
              status < 500 ? "invalid_request_error" : "server_error",
              null,
              "The server had an error while processing your request. Sorry about that!");
      case GEMINI -> GeminiErrors.failed(status);
    };
  }

  /// What an error inside a 200 says.
  static ApiError inside(Provider provider, StreamError kind) {
    return switch (provider) {
      case ANTHROPIC ->
          switch (kind) {
            case RATE_LIMITED, INSUFFICIENT_QUOTA ->
                new ApiError(
                    429,
                    "rate_limit_error",
                    null,
                    "This request would exceed your account's rate limit. Please try again later.");
            case SERVER_ERROR -> new ApiError(500, "api_error", null, "Internal server error");
            default -> new ApiError(529, "overloaded_error", null, "Overloaded");
          };
      case OPENAI ->
          switch (kind) {
            case RATE_LIMITED ->
                new ApiError(
                    429,
                    "tokens",
                    "rate_limit_exceeded",
                    "Rate limit reached for this model. Please try again in 20s.");
            case INSUFFICIENT_QUOTA ->
                new ApiError(
                    429, "insufficient_quota", "insufficient_quota", OpenAiLimits.QUOTA_MESSAGE);
            default ->
                new ApiError(
                    500,
                    "server_error",
                    kind == StreamError.OVERLOADED ? "server_is_overloaded" : "server_error",
                    "The server had an error while processing your request. Sorry about that!");
          };
      case GEMINI ->
          switch (kind) {
            case RATE_LIMITED, INSUFFICIENT_QUOTA ->
                new ApiError(
                    429,
                    "RESOURCE_EXHAUSTED",
                    null,
                    "Resource has been exhausted (e.g. check quota).");
            case SERVER_ERROR -> GeminiErrors.failed(500);
            default -> GeminiErrors.failed(503);
          };
    };
  }
}
