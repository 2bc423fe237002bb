package dev.forebay.control.google;

import dev.forebay.control.ConsentStore;
import dev.forebay.control.GoogleSettings;
import dev.forebay.control.KeyKind;
import dev.forebay.control.KeyStore;
import dev.forebay.control.StoredAccount;
import dev.forebay.control.StoredConsent;
import dev.forebay.control.StoredKey;
import dev.forebay.control.StoredSecret;
import dev.forebay.control.audit.Actor;
import dev.forebay.control.audit.AuditLog;
import dev.forebay.pool.Ticker;
import dev.forebay.secrets.Digest;
import dev.forebay.secrets.Secret;
import dev.forebay.secrets.SecretAccess;
import dev.forebay.secrets.Tokens;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Sends people to Google's consent page and takes in what comes back. Thread-safe; blocks.
///
/// An attempt lives in the database, so that it outlives a restart: the state as a digest, the
/// verifier sealed, ten minutes, one use, and only for the session or API token that began it. What
/// comes back otherwise is refused and written down. Where Google sends people is one of two
/// addresses: the console's, from the settings, or this machine's loopback, for commands; nothing
/// in a request can name another.
public final class Consents {

  static final Duration LIFETIME = Duration.ofMinutes(10);

  /// Attempts are remembered for longer, so that a late answer is told from a forged one.
  private static final Duration MEMORY = Duration.ofDays(1);

  private final String workspace;
  private final ConsentStore store;
  private final KeyStore keys;
  private final GoogleClients clients;
  private final Google google;
  private final ConsentPage page;
  private final AuditLog audit;
  private final Ticker ticker;
  private final RandomGenerator random;

  /// @param random cryptographically strong, thread-safe
  public Consents(
      String workspace,
      ConsentStore store,
      KeyStore keys,
      GoogleClients clients,
      Google google,
      ConsentPage page,
      AuditLog audit,
      Ticker ticker,
      RandomGenerator random) {
    this.workspace = workspace;
    this.store = store;
    this.keys = keys;
    this.clients = clients;
    this.google = google;
    this.page = page;
    this.audit = audit;
    this.ticker = ticker;
    this.random = random;
  }

  /// What came of beginning.
  public sealed interface Beginning {

    /// @param url holds the state, which is worth nothing to anybody else
    record Begun(String id, URI url, String redirectUri, Instant expiresAt) implements Beginning {}

    /// There is no account to reconnect.
    record NotFound() implements Beginning {}

    /// There is no OAuth client, or nowhere to come back to.
    record NotReady(String message) implements Beginning {}
  }

  /// What came back, once it is known to be what it says.
  ///
  /// @param keyId the account to reconnect; null for a new one
  record Consented(
      @Nullable String keyId,
      String subject,
      String email,
      String clientId,
      Secret refreshToken,
      TokenAnswer.Granted granted) {}

  /// Whether it is.
  sealed interface Return {
    record Good(Consented consented) implements Return {}

    record Bad(ConsentRefusal refusal) implements Return {}
  }

  /// Begins an attempt.
  ///
  /// @param begunBy the session or the API token that may finish it
  /// @param keyId the account to reconnect; null for a new one
  /// @param loopbackPort where a command on this machine listens; null for the console
  public Beginning begin(
      Actor actor, String begunBy, @Nullable String keyId, @Nullable Integer loopbackPort) {
    actor.requireManager();
    StoredAccount account = null;
    if (keyId != null) {
      account = keys.key(workspace, keyId).map(StoredKey::account).orElse(null);
      if (account == null || account.kind() != KeyKind.GOOGLE_ACCOUNT) {
        return new Beginning.NotFound();
      }
    }
    GoogleSettings.Client client = clients.current();
    GoogleClients.View view = clients.view();
    String redirectUri =
        loopbackPort == null ? view.redirectUri() : "http://127.0.0.1:" + loopbackPort + "/";
    if (client == null) {
      return new Beginning.NotReady(
          view.clientId() == null
              ? "Set up the OAuth client first."
              : "The secret of the OAuth client cannot be read: enter it again.");
    }
    if (redirectUri == null) {
      return new Beginning.NotReady(
          "Say first where browsers reach this console: its URL here, or 'publicUrl' in the"
              + " configuration file.");
    }
    Instant now = ticker.now();
    store.removeExpired(workspace, now.minus(MEMORY));
    String state = Tokens.generate("", random).reveal(SecretAccess.granted());
    Secret verifier = Tokens.generate("", random);
    StoredConsent consent =
        new StoredConsent(
            workspace,
            Tokens.id("consent-", random),
            Digest.sha256(state),
            new StoredSecret.Opened(verifier),
            begunBy,
            redirectUri,
            client.id(),
            keyId,
            now,
            now.plus(LIFETIME),
            null);
    store.add(consent);
    audit.record(
        actor, "consent.begun", account == null ? "a new account" : account.email(), consent.id());
    return new Beginning.Begun(
        consent.id(),
        page.url(client, redirectUri, state, verifier, account == null ? null : account.email()),
        redirectUri,
        consent.expiresAt());
  }

  /// What Google sent back by way of a browser.
  ///
  /// @param code null when it sent an error
  /// @param error Google's `error`; null when it sent a code
  public record Answer(String state, @Nullable Secret code, @Nullable String error) {

    /// Never prints the state, which may still be good.
    @Override
    public String toString() {
      return "Answer[" + (code == null ? error : "a code") + "]";
    }
  }

  /// Takes an answer in.
  Return take(Actor actor, String begunBy, Answer answer) {
    actor.requireManager();
    StoredConsent consent = store.withState(workspace, Digest.sha256(answer.state())).orElse(null);
    ConsentRefusal refusal = refusal(consent, begunBy, answer);
    if (refusal != null || consent == null) {
      ConsentRefusal why = refusal == null ? ConsentRefusal.UNKNOWN : refusal;
      return refused(actor, consent, why);
    }
    if (!store.use(workspace, consent.id(), ticker.now())) {
      return refused(actor, consent, ConsentRefusal.USED);
    }
    Secret code = answer.code();
    if (code == null) {
      return refused(
          actor,
          consent,
          "access_denied".equals(answer.error()) ? ConsentRefusal.DENIED : ConsentRefusal.FAILED);
    }
    GoogleSettings.Client client = clients.current();
    if (client == null || !client.id().equals(consent.clientId())) {
      return refused(actor, consent, ConsentRefusal.CLIENT_CHANGED);
    }
    if (!(consent.verifier() instanceof StoredSecret.Opened(Secret verifier))) {
      return refused(actor, consent, ConsentRefusal.UNKNOWN);
    }
    return switch (google.exchange(client, code, consent.redirectUri(), verifier)) {
      case TokenAnswer.Granted granted -> granted(actor, consent, client, granted);
      case TokenAnswer.Ended _ -> refused(actor, consent, ConsentRefusal.CODE);
      case TokenAnswer.Refused _ -> refused(actor, consent, ConsentRefusal.CODE);
      case TokenAnswer.ClientRefused(String error) -> {
        clients.refused(client, error);
        yield refused(actor, consent, ConsentRefusal.CLIENT);
      }
      case TokenAnswer.Unreachable _ -> refused(actor, consent, ConsentRefusal.UNREACHABLE);
    };
  }

  private @Nullable ConsentRefusal refusal(
      @Nullable StoredConsent consent, String begunBy, Answer answer) {
    if (consent == null) {
      return ConsentRefusal.UNKNOWN;
    }
    if (!Tokens.same(consent.begunBy(), begunBy)) {
      return ConsentRefusal.FOREIGN;
    }
    if (consent.usedAt() != null) {
      return ConsentRefusal.USED;
    }
    if (!ticker.now().isBefore(consent.expiresAt())) {
      return ConsentRefusal.LATE;
    }
    return (answer.code() == null) == (answer.error() == null) ? ConsentRefusal.FAILED : null;
  }

  private Return granted(
      Actor actor,
      StoredConsent consent,
      GoogleSettings.Client client,
      TokenAnswer.Granted granted) {
    clients.accepted(client);
    Secret refreshToken = granted.refreshToken();
    if (refreshToken == null) {
      return refused(actor, consent, ConsentRefusal.NO_REFRESH_TOKEN);
    }
    if (!granted.scopes().isEmpty() && !granted.scopes().contains(GoogleScopes.GENERATE)) {
      return refused(actor, consent, ConsentRefusal.SCOPE);
    }
    return switch (google.who(granted.accessToken())) {
      case Google.Who.Known(String subject, String email) ->
          new Return.Good(
              new Consented(consent.keyId(), subject, email, client.id(), refreshToken, granted));
      case Google.Who.Unknown _ -> refused(actor, consent, ConsentRefusal.UNREACHABLE);
    };
  }

  /// Writes a refusal down.
  Return refused(Actor actor, @Nullable StoredConsent consent, ConsentRefusal why) {
    audit.record(
        actor,
        "consent.refused",
        consent == null ? "an unknown attempt" : consent.id(),
        why.audit());
    return new Return.Bad(why);
  }
}
