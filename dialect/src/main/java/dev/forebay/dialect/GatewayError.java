package dev.forebay.dialect;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// An error the gateway itself answers with: the closed catalogue of what callers can see from us.
///
/// Errors of a provider are not in it; those are handed through as they came. How each kind reads
/// in each dialect is in [Kind]; {@link ErrorWriter} puts it on the wire.
///
/// @param message says what is wrong, what was expected and what to do; shown to the caller as is
/// @param retryAfter how long until asking again can help; null when nobody knows
public record GatewayError(Kind kind, String message, @Nullable Duration retryAfter) {

  /// The longest wait the official SDKs obey; beyond it they fall back to their own back-off of a
  /// few seconds, which would only repeat the refusal.
  public static final Duration LONGEST_OBEYED_WAIT = Duration.ofSeconds(60);

  public GatewayError {
    if (retryAfter != null && retryAfter.isNegative()) {
      throw new IllegalArgumentException(
          "retryAfter must not be negative, but is " + retryAfter + "; pass null when unknown");
    }
  }

  public static GatewayError of(Kind kind, String message) {
    return new GatewayError(kind, message, null);
  }

  public int status() {
    return kind.status();
  }

  /// Whether a client library should try again by itself (sent as `x-should-retry`).
  public boolean retryable() {
    Duration wait = retryAfter;
    return switch (kind.retry()) {
      case NEVER -> false;
      case WHEN_TOLD -> wait != null && wait.compareTo(LONGEST_OBEYED_WAIT) <= 0;
      case ALWAYS -> wait == null || wait.compareTo(LONGEST_OBEYED_WAIT) <= 0;
    };
  }

  /// When the caller may repeat the same request by itself.
  public enum Retry {
    /// The same request would be refused again.
    NEVER,
    /// The gateway has spent its own retries: only worthwhile after a known, short wait.
    WHEN_TOLD,
    /// The refusal says nothing about the request.
    ALWAYS
  }

  /// One kind of error with its status and its words in each dialect.
  ///
  /// The code is stable: OpenAI shapes carry it as `error.code`, Anthropic as
  /// `error.details.error_code`, Gemini in upper case as the `reason` of a `google.rpc.ErrorInfo`.
  /// Where a provider has a word of its own that client libraries know, that word is used.
  public enum Kind {
    INVALID_JSON(
        400,
        Retry.NEVER,
        "The request body is not well-formed JSON, or not the kind of JSON the path takes.",
        Words.of("invalid_json")),
    INVALID_REQUEST(
        400,
        Retry.NEVER,
        "The request is well-formed but lacks something the gateway needs, such as `model`.",
        Words.of("invalid_request")),
    PREVIOUS_RESPONSE_NOT_FOUND(
        400,
        Retry.NEVER,
        "`previous_response_id` (or `conversation`) names something no usable key of the pool owns. Send the whole input.",
        Words.of("previous_response_not_found").param("previous_response_id")),
    MISSING_CLIENT_KEY(
        401,
        Retry.NEVER,
        "No client key was presented. Send one as `Authorization: Bearer`, `x-api-key`, `x-goog-api-key` or `?key=`.",
        Words.of("missing_api_key")
            .anthropic("authentication_error")
            .gemini("UNAUTHENTICATED")
            .geminiReason("CREDENTIALS_MISSING")),
    UNKNOWN_CLIENT_KEY(
        401,
        Retry.NEVER,
        "The presented client key is not one of this gateway's.",
        Words.of("invalid_api_key")
            .anthropic("authentication_error")
            .gemini("UNAUTHENTICATED")
            .geminiReason("API_KEY_INVALID")),
    THREAD_NOT_FOUND(
        404,
        Retry.NEVER,
        "The continued Anthropic thread belongs to no usable key of the pool. Replay the history with `thread: {\"type\": \"create\"}`; the SDK does so by itself.",
        Words.of("thread_not_found").anthropic("not_found_error").gemini("NOT_FOUND")),
    UNKNOWN_MODEL(
        404,
        Retry.NEVER,
        "No key of the pool can serve the requested model.",
        Words.of("model_not_found")
            .param("model")
            .anthropic("not_found_error")
            .gemini("NOT_FOUND")),
    RESOURCE_NOT_FOUND(
        404,
        Retry.NEVER,
        "A file, batch, stored response or the like is held by an account whose key was removed or rejected.",
        Words.of("resource_not_found").anthropic("not_found_error").gemini("NOT_FOUND")),
    UNSUPPORTED_PATH(
        404,
        Retry.NEVER,
        "The gateway does not serve this path.",
        Words.of("unknown_url").anthropic("not_found_error").gemini("NOT_FOUND")),
    WRONG_METHOD(
        405,
        Retry.NEVER,
        "The path exists, but not with this HTTP method; the `allow` header names the right one.",
        Words.of("method_not_supported").gemini("UNIMPLEMENTED")),
    BODY_TIMEOUT(
        408,
        Retry.ALWAYS,
        "The request body did not arrive in time.",
        Words.of("request_body_timeout").anthropic("timeout_error").gemini("DEADLINE_EXCEEDED")),
    BODY_TOO_LARGE(
        413,
        Retry.NEVER,
        "The request body is larger than the configured limit.",
        Words.of("request_too_large").anthropic("request_too_large")),
    NOTHING_ELIGIBLE(
        429,
        Retry.WHEN_TOLD,
        "Every key that could serve the model is throttled, over budget, rejected or paused; the message holds the tally and `retry-after` the time at which the first may serve again.",
        Words.of("rate_limit_exceeded")
            .openAi("requests")
            .anthropic("rate_limit_error")
            .gemini("RESOURCE_EXHAUSTED")),
    CLIENT_LIMIT(
        429,
        Retry.WHEN_TOLD,
        "The client key is over a limit of its own; the message says which, and `retry-after` when a request fits again.",
        Words.of("client_limit_exceeded")
            .openAi("requests")
            .anthropic("rate_limit_error")
            .gemini("RESOURCE_EXHAUSTED")),
    HEADERS_TOO_LARGE(
        431,
        Retry.NEVER,
        "The request line or headers are larger than the gateway takes.",
        Words.of("headers_too_large")),
    INTERNAL(
        500,
        Retry.NEVER,
        "A fault of the gateway. Report it with the request id.",
        Words.of("internal_error")
            .openAi("server_error")
            .anthropic("api_error")
            .gemini("INTERNAL")),
    PROVIDER_FAILED(
        502,
        Retry.WHEN_TOLD,
        "The provider failed on every key the gateway tried.",
        Words.of("provider_failed")
            .openAi("server_error")
            .anthropic("api_error")
            .gemini("UNAVAILABLE")),
    STREAM_BROKEN(
        502,
        Retry.WHEN_TOLD,
        "The provider's stream ended or failed after content had been passed on. Sent as an error event inside the stream.",
        Words.of("stream_broken")
            .openAi("server_error")
            .anthropic("api_error")
            .gemini("UNAVAILABLE")),
    NO_KEYS(
        503,
        Retry.NEVER,
        "The pool holds no key of the provider. Add one.",
        Words.of("no_keys")
            .openAi("server_error")
            .anthropic("overloaded_error")
            .gemini("UNAVAILABLE")),
    SHUTTING_DOWN(
        503,
        Retry.ALWAYS,
        "This gateway process is draining before it stops.",
        Words.of("shutting_down")
            .openAi("server_error")
            .anthropic("overloaded_error")
            .gemini("UNAVAILABLE")),
    TOO_BUSY(
        503,
        Retry.ALWAYS,
        "The gateway is at its own limit of requests or memory.",
        Words.of("too_busy")
            .openAi("server_error")
            .anthropic("overloaded_error")
            .gemini("UNAVAILABLE")),
    PROVIDER_TIMEOUT(
        504,
        Retry.WHEN_TOLD,
        "The provider did not answer in time.",
        Words.of("provider_timeout")
            .openAi("server_error")
            .anthropic("timeout_error")
            .gemini("DEADLINE_EXCEEDED"));

    private final int status;
    private final Retry retry;
    private final String meaning;
    private final Words words;

    Kind(int status, Retry retry, String meaning, Words words) {
      this.status = status;
      this.retry = retry;
      this.meaning = meaning;
      this.words = words;
    }

    public int status() {
      return status;
    }

    public Retry retry() {
      return retry;
    }

    /// Whether repeating the same request can ever help; {@link GatewayError#retryable()} decides
    /// for one error.
    public boolean retryable() {
      return retry != Retry.NEVER;
    }

    /// One or two sentences for the reference page.
    public String meaning() {
      return meaning;
    }

    public Words words() {
      return words;
    }
  }

  /// How a kind is called in each dialect.
  ///
  /// @param code `error.code` (OpenAI), `error.details.error_code` (Anthropic)
  /// @param param the request field at fault, for OpenAI's `error.param`
  /// @param openAiType `error.type` in both OpenAI shapes
  /// @param anthropicType `error.type` in the Anthropic shape
  /// @param geminiStatus the gRPC code name in `error.status`
  /// @param geminiReason the `reason` of the `google.rpc.ErrorInfo` detail
  public record Words(
      String code,
      @Nullable String param,
      String openAiType,
      String anthropicType,
      String geminiStatus,
      String geminiReason) {

    static Words of(String code) {
      return new Words(
          code,
          null,
          "invalid_request_error",
          "invalid_request_error",
          "INVALID_ARGUMENT",
          code.toUpperCase(Locale.ROOT));
    }

    Words param(String field) {
      return new Words(code, field, openAiType, anthropicType, geminiStatus, geminiReason);
    }

    Words openAi(String type) {
      return new Words(code, param, type, anthropicType, geminiStatus, geminiReason);
    }

    Words anthropic(String type) {
      return new Words(code, param, openAiType, type, geminiStatus, geminiReason);
    }

    Words gemini(String status) {
      return new Words(code, param, openAiType, anthropicType, status, geminiReason);
    }

    Words geminiReason(String reason) {
      return new Words(code, param, openAiType, anthropicType, geminiStatus, reason);
    }
  }
}
