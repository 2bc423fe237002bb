package dev.forebay.control.google;

import dev.forebay.control.GoogleSettings;
import dev.forebay.secrets.Secret;
import dev.forebay.secrets.SecretAccess;
import dev.forebay.secrets.Tokens;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Asks Google what it thinks of the OAuth client, without anybody consenting. Thread-safe; blocks.
///
/// The token endpoint looks at the client before it looks at a code, so a made-up code tells
/// whether the client and its secret are right; the consent page refuses a redirect URI that is not
/// registered before it asks anybody anything.
public final class ClientCheck {

  private final GoogleClients clients;
  private final Google google;
  private final ConsentPage page;
  private final RandomGenerator random;

  /// @param random cryptographically strong, thread-safe
  public ClientCheck(
      GoogleClients clients, Google google, ConsentPage page, RandomGenerator random) {
    this.clients = clients;
    this.google = google;
    this.page = page;
    this.random = random;
  }

  /// One thing that was looked at.
  ///
  /// @param what `client` or `redirect`
  public record Finding(String what, Verdict verdict, String message) {}

  /// How it is.
  public enum Verdict {
    RIGHT,
    WRONG,
    UNKNOWN
  }

  /// Everything that can be looked at.
  public List<Finding> check() {
    List<Finding> findings = new ArrayList<>();
    GoogleSettings.Client client = clients.current();
    GoogleClients.View view = clients.view();
    if (client == null) {
      findings.add(
          new Finding(
              "client",
              Verdict.WRONG,
              view.clientId() == null
                  ? "There is no OAuth client yet: enter its id and its secret."
                  : "The client's secret cannot be read: enter it again."));
      return findings;
    }
    String redirectUri = view.redirectUri();
    findings.add(client(client, redirectUri == null ? "https://invalid.example" : redirectUri));
    findings.add(
        redirectUri == null
            ? new Finding(
                "redirect",
                Verdict.WRONG,
                "Nobody said where browsers reach this console: set its URL here, or 'publicUrl' in"
                    + " the configuration file.")
            : redirect(client, redirectUri));
    return findings;
  }

  private Finding client(GoogleSettings.Client client, String redirectUri) {
    Secret nothing = Tokens.generate("forebay-check-", random);
    return switch (google.exchange(client, nothing, redirectUri, nothing)) {
      case TokenAnswer.ClientRefused(String error) -> {
        clients.refused(client, error);
        yield new Finding("client", Verdict.WRONG, GoogleClients.explain(error));
      }
      case TokenAnswer.Unreachable(String reason) ->
          new Finding("client", Verdict.UNKNOWN, "Google did not say: " + reason + ".");
      case TokenAnswer.Refused(String error) when error.equals("redirect_uri_mismatch") ->
          known(client);
      case TokenAnswer.Refused(String error) ->
          new Finding(
              "client", Verdict.UNKNOWN, "Google answered something unexpected: " + error + ".");
      case TokenAnswer.Ended _, TokenAnswer.Granted _ -> known(client);
    };
  }

  private Finding known(GoogleSettings.Client client) {
    clients.accepted(client);
    return new Finding("client", Verdict.RIGHT, "Google knows the client and its secret.");
  }

  private Finding redirect(GoogleSettings.Client client, String redirectUri) {
    Secret nothing = Tokens.generate("", random);
    String state = Tokens.generate("", random).reveal(SecretAccess.granted());
    URI url = page.url(client, redirectUri, state, nothing, null);
    return switch (google.consentPage(url)) {
      case ASKS -> new Finding("redirect", Verdict.RIGHT, "Google takes the redirect URI.");
      case REDIRECT_MISMATCH ->
          wrong(
              "Google does not know the redirect URI: add "
                  + redirectUri
                  + " to the client, exactly so.");
      case CLIENT_UNKNOWN -> wrong("Google's consent page does not know the client.");
      case SCOPE_REFUSED ->
          wrong(
              "Google refuses what is asked for: add the scopes to the consent screen and enable the"
                  + " Gemini API in the client's project.");
      case UNREACHABLE ->
          new Finding("redirect", Verdict.UNKNOWN, "Google's consent page did not answer.");
    };
  }

  private static Finding wrong(String message) {
    return new Finding("redirect", Verdict.WRONG, message);
  }

  /// Whether nothing is wrong.
  public static boolean ok(List<Finding> findings) {
    return findings.stream().noneMatch(finding -> finding.verdict() == Verdict.WRONG);
  }
}
