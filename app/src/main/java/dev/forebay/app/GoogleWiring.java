package dev.forebay.app;

import dev.forebay.control.HostPort;
import dev.forebay.control.SnapshotSource;
import dev.forebay.control.Stores;
import dev.forebay.control.Workspace;
import dev.forebay.control.audit.Actor;
import dev.forebay.control.audit.AuditLog;
import dev.forebay.control.google.AccountChange;
import dev.forebay.control.google.AccountEndings;
import dev.forebay.control.google.AccountView;
import dev.forebay.control.google.ClientCheck;
import dev.forebay.control.google.ConsentPage;
import dev.forebay.control.google.Consents;
import dev.forebay.control.google.Google;
import dev.forebay.control.google.GoogleAccounts;
import dev.forebay.control.google.GoogleClients;
import dev.forebay.control.google.Grants;
import dev.forebay.control.google.Revocations;
import dev.forebay.control.google.TokenRefresher;
import dev.forebay.control.keys.ProviderKeys;
import dev.forebay.pool.Pools;
import dev.forebay.pool.Ticker;
import dev.forebay.secrets.Secret;
import dev.forebay.transport.admin.GoogleParts;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Builds what connects Google accounts and keeps their access tokens fresh, and runs the latter.
/// *Thread-safe* once it is built.
final class GoogleWiring implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GoogleWiring.class);

  /// How often is looked which tokens are due.
  private static final Duration LOOK = Duration.ofMillis(500);

  private final TokenRefresher refresher;
  private final GoogleParts parts;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("forebay-google-", 0).factory());
  private final ScheduledExecutorService chore =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("forebay-tokens").daemon().factory());
  private volatile @Nullable HostPort address;

  GoogleWiring(
      Stores stores,
      SnapshotSource snapshots,
      Pools pools,
      ProviderKeys keys,
      Google google,
      AuditLog audit,
      Ticker ticker,
      RandomGenerator random) {
    String workspace = Workspace.DEFAULT;
    GoogleClients clients =
        new GoogleClients(
            workspace, stores.googleClients(), snapshots, () -> address, audit, ticker);
    ConsentPage page = new ConsentPage(snapshots::google);
    Grants grants = new Grants(clients, snapshots, google, ticker);
    this.refresher =
        new TokenRefresher(
            workspace,
            stores.keys(),
            snapshots,
            pools,
            grants,
            new AccountEndings(keys.accounts(), audit, ticker),
            ticker,
            random,
            threads);
    clients.onChange(refresher::clientChanged);
    Revocations revocations =
        new Revocations(workspace, stores.keys(), google, refresher, audit, threads);
    keys.onAccountRemoved(revocations);
    Consents consents =
        new Consents(
            workspace,
            stores.consents(),
            stores.keys(),
            clients,
            google,
            page,
            audit,
            ticker,
            random);
    this.parts =
        new GoogleParts(
            clients,
            new ClientCheck(clients, google, page, random),
            consents,
            new GoogleAccounts(
                workspace,
                stores.keys(),
                keys.accounts(),
                snapshots,
                google,
                grants,
                consents,
                refresher,
                revocations,
                audit,
                ticker));
    snapshots.onChange((before, after) -> refresher.look());
    look();
    // It never completes: only closing ends it, and `look` catches what it throws.
    var _ =
        chore.scheduleWithFixedDelay(
            this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      refresher.look();
    } catch (RuntimeException e) {
      // Without this, the first failure would end the looking for good.
      LOG.error("the access tokens could not be looked at", e);
    }
  }

  GoogleParts parts() {
    return parts;
  }

  /// Connects an account and chooses its project. Blocks.
  ///
  /// @param browser follows an address and answers with the one that the consent page leads to
  boolean connect(UnaryOperator<String> browser, String project) {
    String begunBy = "the start";
    if (!(parts.consents().begin(Actor.SET_UP, begunBy, null, null)
        instanceof Consents.Beginning.Begun begun)) {
      return false;
    }
    String back = String.valueOf(URI.create(browser.apply(begun.url().toString())).getRawQuery());
    Consents.Answer answer =
        new Consents.Answer(value(back, "state"), Secret.of(value(back, "code")), null);
    return parts.accounts().complete(Actor.SET_UP, begunBy, answer)
            instanceof AccountChange.Done(AccountView account)
        && parts.accounts().chooseProject(Actor.SET_UP, account.id(), project, false)
            instanceof AccountChange.Done;
  }

  private static String value(String query, String name) {
    for (String part : query.split("&", -1)) {
      if (part.startsWith(name + "=")) {
        return URLDecoder.decode(part.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    return "";
  }

  /// Tells where browsers on this machine reach the gateway.
  void listensAt(HostPort listening) {
    address = listening;
  }

  @Override
  public void close() {
    chore.shutdownNow();
    threads.shutdownNow();
  }
}
