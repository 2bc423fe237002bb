package dev.forebay.dialect.neutral;

import dev.forebay.dialect.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/// Puts a provider's [Failure] into the words of another dialect. The status stays what it was, but
/// for those that only one provider has.
public final class Failures {

  private static final int OVERLOADED = 529;

  private Failures() {}

  /// The status as clients of the dialect know it.
  public static int status(int status, boolean anthropic) {
    if (anthropic) {
      return status == 503 ? OVERLOADED : status;
    }
    return status == OVERLOADED ? 503 : status;
  }

  /// An error of Anthropic's shape.
  public static void anthropic(Failure failure, @Nullable String requestId, JsonWriter out) {
    out.object().field("type", "error").object("error");
    out.field("type", anthropicType(failure.status())).field("message", failure.message());
    out.endObject().optional("request_id", requestId).endObject();
  }

  /// An error of OpenAI's shape.
  public static void openAi(Failure failure, JsonWriter out) {
    out.object().object("error").field("message", failure.message());
    out.field("type", openAiType(failure.status())).field("param", failure.param());
    out.field("code", openAiCode(failure)).endObject().endObject();
  }

  /// An error of Gemini's shape.
  public static void gemini(Failure failure, JsonWriter out) {
    int status = status(failure.status(), false);
    out.object().object("error").field("code", status).field("message", failure.message());
    out.field("status", geminiStatus(status)).endObject().endObject();
  }

  public static String anthropicType(int status) {
    return switch (status) {
      case 400, 422 -> "invalid_request_error";
      case 401 -> "authentication_error";
      case 402 -> "billing_error";
      case 403 -> "permission_error";
      case 404 -> "not_found_error";
      case 409 -> "conflict_error";
      case 413 -> "request_too_large";
      case 429 -> "rate_limit_error";
      case 408, 504 -> "timeout_error";
      case 503, OVERLOADED -> "overloaded_error";
      default -> status < 500 ? "invalid_request_error" : "api_error";
    };
  }

  public static String openAiType(int status) {
    return switch (status) {
      case 401 -> "authentication_error";
      case 403 -> "permission_error";
      case 429 -> "rate_limit_error";
      default -> status < 500 ? "invalid_request_error" : "server_error";
    };
  }

  /// The provider's own word where it is one of OpenAI's; else the usual one.
  public static @Nullable String openAiCode(Failure failure) {
    return switch (failure.status()) {
      case 401 -> "invalid_api_key";
      case 404 -> "model_not_found";
      case 429 -> "rate_limit_exceeded";
      default -> failure.status() >= 500 ? "server_error" : failure.code();
    };
  }

  public static String geminiStatus(int status) {
    return switch (status) {
      case 401 -> "UNAUTHENTICATED";
      case 403 -> "PERMISSION_DENIED";
      case 404 -> "NOT_FOUND";
      case 409 -> "ABORTED";
      case 429 -> "RESOURCE_EXHAUSTED";
      case 503, OVERLOADED -> "UNAVAILABLE";
      case 408, 504 -> "DEADLINE_EXCEEDED";
      default -> status < 500 ? "INVALID_ARGUMENT" : "INTERNAL";
    };
  }
}
