package dev.forebay.simulator;

import dev.forebay.simulator.GoogleGrants.Access;
import dev.forebay.simulator.GoogleGrants.Shown;
import org.jspecify.annotations.Nullable;

/// What an OAuth access token opens at the Gemini API, and with whose quota. Thread-safe.
///
/// Google looks at the token first, then at its scopes, then at whether its holder may use the
/// project of `x-goog-user-project` (or the client's own, without that header).
final class GoogleBearer {

  static final String GEMINI = "generativelanguage.googleapis.com";
  static final String RESOURCE_MANAGER = "cloudresourcemanager.googleapis.com";

  private static final String INVALID =
      "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie"
          + " or other valid authentication credential. See"
          + " https://developers.google.com/identity/sign-in/web/devconsole-project.";

  private final Google google;

  GoogleBearer(Google google) {
    this.google = google;
  }

  /// The token of an `Authorization` header; empty when it holds none.
  static String token(String authorization) {
    return authorization.regionMatches(true, 0, "Bearer ", 0, 7)
        ? authorization.substring(7).trim()
        : "";
  }

  static ApiError unauthenticated(Shown shown) {
    String reason =
        shown instanceof Shown.Expired ? "ACCESS_TOKEN_EXPIRED" : "ACCESS_TOKEN_TYPE_UNSUPPORTED";
    return new ApiError(401, "UNAUTHENTICATED", reason, INVALID);
  }

  static ApiError insufficient() {
    return new ApiError(
        403,
        "PERMISSION_DENIED",
        "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
        "Request had insufficient authentication scopes.");
  }

  /// Who a token speaks for; null when Google never gave it out, or it was revoked.
  ///
  /// @param project `x-goog-user-project`; empty if it is missing
  @Nullable Credential credential(String token, String project) {
    return switch (google.grants().show(token)) {
      case Shown.Unknown _ -> null;
      case Shown.Expired(Access access) ->
          held(access, project, unauthenticated(new Shown.Expired(access)));
      case Shown.Good(Access access) ->
          held(access, project, GoogleScopes.opensGemini(access.scopes()) ? null : insufficient());
    };
  }

  private Credential held(Access access, String project, @Nullable ApiError refusal) {
    String number = project.isEmpty() ? ownProject(access) : google.number(project);
    ApiError told = refusal == null ? null : GeminiErrors.withReason(refusal, GEMINI, "");
    KeyAccount key = google.principal(access.email(), number);
    if (key != null) {
      return new Credential.Held(key, told);
    }
    return new Credential.Unfit(told == null ? denied(project, number) : told);
  }

  private String ownProject(Access access) {
    GoogleSpec.ServiceAccount account = google.serviceAccount(access.email());
    if (account != null) {
      return google.number(account.project());
    }
    GoogleSpec.Client client = google.client(access.client());
    return client == null ? "" : client.projectNumber();
  }

  private static ApiError denied(String named, String number) {
    String project = named.isEmpty() ? number : named;
    return GeminiErrors.withReason(
        new ApiError(
            403,
            "PERMISSION_DENIED",
            "USER_PROJECT_DENIED",
            ("Caller does not have required permission to use project %s. Grant the caller the"
                    + " roles/serviceusage.serviceUsageConsumer role, or a custom role with the"
                    + " serviceusage.services.use permission, by visiting"
                    + " https://console.developers.google.com/iam-admin/iam/project?project=%s and"
                    + " then retry. Propagation of the new permission may take a few minutes.")
                .formatted(project, project)),
        GEMINI,
        project);
  }
}
