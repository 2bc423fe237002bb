package dev.forebay.simulator;

import org.jspecify.annotations.Nullable;

/// The providers' refusals other than 429, with the words they use.
///
/// In messages `{model}`, `{key}` (masked), `{project}` and `{regain}` (the first of next month)
/// stand for values of the request at hand.
public enum Refusal {
  ANTHROPIC_INVALID_REQUEST(
      Provider.ANTHROPIC, 400, "invalid_request_error", null, "messages: Field required"),
  ANTHROPIC_ORGANIZATION_USAGE_LIMIT(
      Provider.ANTHROPIC,
      400,
      "invalid_request_error",
      null,
      "You have reached your specified API usage limits. You will regain access on {regain} at"
          + " 00:00 UTC."),
  ANTHROPIC_WORKSPACE_USAGE_LIMIT(
      Provider.ANTHROPIC,
      400,
      "invalid_request_error",
      null,
      "You have reached your specified workspace API usage limits. You will regain access on"
          + " {regain} at 00:00 UTC."),
  ANTHROPIC_CREDIT_TOO_LOW(
      Provider.ANTHROPIC,
      400,
      "invalid_request_error",
      null,
      "Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to"
          + " upgrade or purchase credits."),
  ANTHROPIC_ORGANIZATION_ON_HOLD(
      Provider.ANTHROPIC,
      400,
      "invalid_request_error",
      "organization_on_hold",
      "This organization has been placed on hold."),
  ANTHROPIC_CMEK_KEY_DISABLED(
      Provider.ANTHROPIC,
      400,
      "invalid_request_error",
      "cmek_key_disabled",
      "The customer-managed encryption key of this workspace is disabled."),
  ANTHROPIC_CMEK_NETWORK_BLOCKED(
      Provider.ANTHROPIC,
      400,
      "invalid_request_error",
      "cmek_key_network_blocked",
      "The customer-managed encryption key of this workspace refuses our network."),
  ANTHROPIC_INVALID_SIGNATURE(
      Provider.ANTHROPIC,
      400,
      "invalid_request_error",
      null,
      "messages.1.content.0: Invalid `signature` in `thinking` block: the block is bound to a"
          + " different conversation"),
  ANTHROPIC_AUTHENTICATION(
      Provider.ANTHROPIC, 401, "authentication_error", null, "invalid x-api-key"),
  ANTHROPIC_CORS(
      Provider.ANTHROPIC,
      401,
      "authentication_error",
      null,
      "CORS requests are not allowed for this Organization because of its data retention"
          + " settings"),
  ANTHROPIC_BILLING(
      Provider.ANTHROPIC,
      402,
      "billing_error",
      null,
      "There is an issue with your billing or payment information."),
  ANTHROPIC_LINKED_BILLING_UNAVAILABLE(
      Provider.ANTHROPIC,
      402,
      "billing_error",
      "linked_organization_billing_unavailable",
      "The linked organization's billing is unavailable."),
  ANTHROPIC_LINKED_SPEND_LIMIT(
      Provider.ANTHROPIC,
      402,
      "billing_error",
      "linked_organization_spend_limit_reached",
      "The linked organization has reached its spend limit."),
  ANTHROPIC_PERMISSION(
      Provider.ANTHROPIC,
      403,
      "permission_error",
      null,
      "Your API key does not have permission to use the specified resource."),
  ANTHROPIC_MODEL_NOT_FOUND(Provider.ANTHROPIC, 404, "not_found_error", null, "model: {model}"),
  ANTHROPIC_RESOURCE_NOT_FOUND(
      Provider.ANTHROPIC, 404, "not_found_error", null, "File not found: file_011CSimulated"),
  ANTHROPIC_REQUEST_TOO_LARGE(
      Provider.ANTHROPIC,
      413,
      "request_too_large",
      null,
      "Request exceeds the maximum allowed number of bytes."),
  ANTHROPIC_TOO_LARGE_AFTER_DECODING(
      Provider.ANTHROPIC,
      413,
      "request_too_large",
      "request_body_too_large_after_decoding",
      "Request exceeds the maximum allowed number of bytes after decoding."),
  ANTHROPIC_API_ERROR(Provider.ANTHROPIC, 500, "api_error", null, "Internal server error"),
  ANTHROPIC_TIMEOUT(Provider.ANTHROPIC, 504, "timeout_error", null, "Request timed out"),
  ANTHROPIC_CMEK_CONTEXT_UNAVAILABLE(
      Provider.ANTHROPIC,
      503,
      "api_error",
      "cmek_context_unavailable",
      "The encryption context is unavailable."),
  ANTHROPIC_CMEK_KEY_UNREACHABLE(
      Provider.ANTHROPIC,
      503,
      "api_error",
      "cmek_key_unreachable",
      "The customer-managed encryption key can not be reached."),
  ANTHROPIC_OVERLOADED(Provider.ANTHROPIC, 529, "overloaded_error", null, "Overloaded"),

  OPENAI_UNSUPPORTED_PARAMETER(
      Provider.OPENAI,
      400,
      "invalid_request_error",
      "unsupported_parameter",
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use"
          + " 'max_completion_tokens' instead."),
  OPENAI_CONTEXT_LENGTH(
      Provider.OPENAI,
      400,
      "invalid_request_error",
      "context_length_exceeded",
      "Your input exceeds the context window of this model. Please adjust your input and try"
          + " again."),
  OPENAI_INVALID_PROMPT(
      Provider.OPENAI,
      400,
      "invalid_request_error",
      "invalid_prompt",
      "Invalid prompt: your prompt was flagged as potentially violating our usage policy."),
  OPENAI_CONTENT_POLICY(
      Provider.OPENAI,
      400,
      "invalid_request_error",
      "content_policy_violation",
      "Your request was rejected as a result of our safety system."),
  OPENAI_INVALID_ENCRYPTED_CONTENT(
      Provider.OPENAI,
      400,
      "invalid_request_error",
      "invalid_encrypted_content",
      "The encrypted content gAAA...DQ== could not be verified."),
  OPENAI_INVALID_API_KEY(
      Provider.OPENAI,
      401,
      "invalid_request_error",
      "invalid_api_key",
      "Incorrect API key provided: {key}. You can find your API key at"
          + " https://platform.openai.com/account/api-keys."),
  OPENAI_NOT_A_MEMBER(
      Provider.OPENAI,
      401,
      "invalid_request_error",
      null,
      "You must be a member of an organization to use the API."),
  OPENAI_IP_NOT_AUTHORIZED(
      Provider.OPENAI,
      401,
      "invalid_request_error",
      "ip_not_authorized",
      "Your request IP does not match the configured IP allowlist: IP not authorized"),
  OPENAI_UNSUPPORTED_COUNTRY(
      Provider.OPENAI,
      403,
      "request_forbidden",
      "unsupported_country_region_territory",
      "Country, region, or territory not supported"),
  OPENAI_PERMISSION(
      Provider.OPENAI,
      403,
      "invalid_request_error",
      "model_not_found",
      "Project `{project}` does not have access to model `{model}`"),
  OPENAI_MODEL_NOT_FOUND(
      Provider.OPENAI,
      404,
      "invalid_request_error",
      "model_not_found",
      "The model `{model}` does not exist or you do not have access to it."),
  OPENAI_CONFLICT(
      Provider.OPENAI, 409, "conflict_error", null, "The resource is locked by another request."),
  OPENAI_SERVER_ERROR(
      Provider.OPENAI,
      500,
      "server_error",
      null,
      "The server had an error while processing your request. Sorry about that!"),
  OPENAI_OVERLOADED(
      Provider.OPENAI,
      503,
      "server_error",
      null,
      "That model is currently overloaded with other requests. You can retry your request."),
  OPENAI_SLOW_DOWN(
      Provider.OPENAI,
      503,
      "server_error",
      "slow_down",
      "Slow Down: the rate of your requests rose too quickly. Please reduce it to its previous"
          + " level, keep it there for at least 15 minutes, and then increase it gradually."),

  GEMINI_FOREIGN_SIGNATURE(
      Provider.GEMINI, 400, "INVALID_ARGUMENT", null, "Corrupted thought signature."),
  GEMINI_INVALID_ARGUMENT(
      Provider.GEMINI,
      400,
      "INVALID_ARGUMENT",
      null,
      "* GenerateContentRequest.contents: contents is not specified\n"),
  GEMINI_API_KEY_INVALID(
      Provider.GEMINI,
      400,
      "INVALID_ARGUMENT",
      "API_KEY_INVALID",
      "API key not valid. Please pass a valid API key."),
  GEMINI_API_KEY_EXPIRED(
      Provider.GEMINI,
      400,
      "INVALID_ARGUMENT",
      "API_KEY_INVALID",
      "API key expired. Please renew the API key."),
  GEMINI_LOCATION(
      Provider.GEMINI,
      400,
      "FAILED_PRECONDITION",
      null,
      "User location is not supported for the API use."),
  GEMINI_FREE_TIER_COUNTRY(
      Provider.GEMINI,
      400,
      "FAILED_PRECONDITION",
      null,
      "Gemini API free tier is not available in your country. Please enable billing on your"
          + " project in Google AI Studio."),
  GEMINI_TOKEN_TYPE(
      Provider.GEMINI,
      401,
      "UNAUTHENTICATED",
      "ACCESS_TOKEN_TYPE_UNSUPPORTED",
      "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie"
          + " or other valid authentication credential. See"
          + " https://developers.google.com/identity/sign-in/web/devconsole-project."),
  GEMINI_TOKEN_EXPIRED(
      Provider.GEMINI,
      401,
      "UNAUTHENTICATED",
      "ACCESS_TOKEN_EXPIRED",
      "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie"
          + " or other valid authentication credential. See"
          + " https://developers.google.com/identity/sign-in/web/devconsole-project."),
  GEMINI_PAYMENT_REQUIRED(
      Provider.GEMINI,
      402,
      "RESOURCE_EXHAUSTED",
      null,
      "Your prepayment credits are depleted. Please go to AI Studio to manage your project and"
          + " billing."),
  GEMINI_PERMISSION_DENIED(
      Provider.GEMINI, 403, "PERMISSION_DENIED", null, "The caller does not have permission"),
  GEMINI_SERVICE_DISABLED(
      Provider.GEMINI,
      403,
      "PERMISSION_DENIED",
      "SERVICE_DISABLED",
      "Generative Language API has not been used in project {project} before or it is disabled."
          + " Enable it by visiting"
          + " https://console.developers.google.com/apis/api/generativelanguage.googleapis.com/overview"
          + " then retry."),
  GEMINI_CONSUMER_SUSPENDED(
      Provider.GEMINI,
      403,
      "PERMISSION_DENIED",
      "CONSUMER_SUSPENDED",
      "Permission denied: Consumer 'projects/{project}' has been suspended."),
  GEMINI_KEY_LEAKED(
      Provider.GEMINI,
      403,
      "PERMISSION_DENIED",
      null,
      "Your API key was reported as leaked. Please use another API key."),
  GEMINI_SERVICE_BLOCKED(
      Provider.GEMINI,
      403,
      "PERMISSION_DENIED",
      "API_KEY_SERVICE_BLOCKED",
      "Requests to this API generativelanguage.googleapis.com method"
          + " google.ai.generativelanguage.v1beta.GenerativeService.GenerateContent are blocked."),
  GEMINI_SCOPE_INSUFFICIENT(
      Provider.GEMINI,
      403,
      "PERMISSION_DENIED",
      "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
      "Request had insufficient authentication scopes."),
  GEMINI_FILE_OF_ANOTHER_PROJECT(
      Provider.GEMINI,
      403,
      "PERMISSION_DENIED",
      null,
      "You do not have permission to access the File simulated or it may not exist."),
  GEMINI_MODEL_GONE(
      Provider.GEMINI,
      404,
      "NOT_FOUND",
      null,
      "This model models/{model} is no longer available to new users. Please update your code to"
          + " use a newer model for the latest features and improvements."),
  GEMINI_CANCELLED(Provider.GEMINI, 499, "CANCELLED", null, "The operation was cancelled."),
  GEMINI_INTERNAL(
      Provider.GEMINI,
      500,
      "INTERNAL",
      null,
      "An internal error has occurred. Please retry or report in"
          + " https://developers.generativeai.google/guide/troubleshooting"),
  GEMINI_UNAVAILABLE(
      Provider.GEMINI,
      503,
      "UNAVAILABLE",
      null,
      "The model is overloaded. Please try again later."),
  GEMINI_DEADLINE_EXCEEDED(
      Provider.GEMINI,
      504,
      "DEADLINE_EXCEEDED",
      null,
      "Deadline expired before operation could complete.");

  private final Provider provider;
  private final int status;
  private final String type;
  private final @Nullable String code;
  private final String message;

  Refusal(Provider provider, int status, String type, @Nullable String code, String message) {
    this.provider = provider;
    this.status = status;
    this.type = type;
    this.code = code;
    this.message = message;
  }

  Provider provider() {
    return provider;
  }

  /// The HTTP status it comes with.
  public int status() {
    return status;
  }

  String type() {
    return type;
  }

  @Nullable String code() {
    return code;
  }

  String message() {
    return message;
  }
}
