package dev.forebay.control.google;

/// Why what came back from Google's consent page is not taken.
public enum ConsentRefusal {
  UNKNOWN(
      "consent-unknown",
      "forged, or of an attempt that nobody began",
      "Nobody began this attempt here. Begin again from the page of Google accounts."),
  USED(
      "consent-used",
      "replayed",
      "This attempt was finished before. Begin again from the page of Google accounts."),
  LATE("consent-late", "late", "This attempt has expired: it lasts ten minutes. Begin again."),
  FOREIGN(
      "consent-foreign",
      "from another session",
      "Another session began this attempt. Begin again from this one."),
  DENIED(
      "consent-refused",
      "the person did not consent",
      "Nothing was connected: consent was not given at Google."),
  FAILED(
      "consent-refused",
      "Google sent an error",
      "Nothing was connected: Google sent an error instead of a code. Check the OAuth client."),
  CODE(
      "code-refused",
      "Google refused the code",
      "Google does not take the code any more. Begin again."),
  CLIENT(
      "client-refused",
      "Google refused the OAuth client",
      "Google refuses the OAuth client: check its id and its secret."),
  CLIENT_CHANGED(
      "client-refused",
      "the OAuth client has changed meanwhile",
      "The OAuth client has changed since this attempt began. Begin again."),
  SCOPE(
      "scope-missing",
      "the scope for the Gemini API was not granted",
      "Google did not grant access to the Gemini API. Begin again and leave every box ticked."),
  NO_REFRESH_TOKEN(
      "no-refresh-token",
      "Google sent no refresh token",
      "Google sent no refresh token. Remove Forebay's access at myaccount.google.com/connections and"
          + " begin again."),
  OTHER_ACCOUNT(
      "other-account",
      "another account than the one to reconnect",
      "That is another Google account. Begin again and choose the one that is to be reconnected."),
  UNREACHABLE(
      "google-unreachable",
      "Google could not be asked",
      "Google could not be asked just now. Begin again in a moment.");

  private final String type;
  private final String audit;
  private final String message;

  ConsentRefusal(String type, String audit, String message) {
    this.type = type;
    this.audit = audit;
    this.message = message;
  }

  /// A stable word for programs.
  public String type() {
    return type;
  }

  /// A clause for the audit log.
  String audit() {
    return audit;
  }

  /// A sentence or two for people.
  public String message() {
    return message;
  }
}
