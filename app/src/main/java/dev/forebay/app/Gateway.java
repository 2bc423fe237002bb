package dev.forebay.app;

import dev.forebay.control.HostPort;
import dev.forebay.control.Snapshot;
import dev.forebay.control.SnapshotSource;
import dev.forebay.control.StorageException;
import dev.forebay.pool.KeyView;
import dev.forebay.pool.Pools;
import dev.forebay.secrets.Secret;
import dev.forebay.secrets.SecretAccess;
import dev.forebay.transport.server.GatewayServer;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A gateway that listens. *Thread-safe.*
public final class Gateway implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final GatewayServer server;
  private final SnapshotSource snapshots;
  private final Pools pools;
  private final Readiness readiness;
  private final @Nullable Secret issued;
  private final ConsoleWiring.Built console;
  private final Deque<AutoCloseable> opened;
  private final ScheduledExecutorService control;
  private final AtomicBoolean stopped = new AtomicBoolean();

  /// What the log said last of a failing database. The control thread only.
  private String trouble = "";

  Gateway(
      GatewayServer server,
      SnapshotSource snapshots,
      Pools pools,
      Readiness readiness,
      @Nullable Secret issued,
      ConsoleWiring.Built console,
      Deque<AutoCloseable> opened) {
    this.server = server;
    this.snapshots = snapshots;
    this.pools = pools;
    this.readiness = readiness;
    this.issued = issued;
    this.console = console;
    this.opened = opened;
    this.control =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("forebay-control").daemon().factory());
    // It never completes: only stopping ends it, and `look` catches what it throws.
    var _ =
        control.scheduleWithFixedDelay(
            this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      snapshots.poll();
      console.owner().run();
      trouble = "";
    } catch (StorageException e) {
      String problem = String.valueOf(e.getMessage());
      if (!problem.equals(trouble)) {
        trouble = problem;
        LOG.warn("the settings file changed, but the database cannot be used: {}", problem);
      }
    } catch (RuntimeException e) {
      // Without this, the first failure would end the watching for good.
      LOG.error("the settings file could not be looked at", e);
    }
  }

  /// Where it listens, with the port that was really taken.
  public HostPort address() {
    return new HostPort(snapshot().settings().listen().host(), server.port());
  }

  /// What is configured now.
  public Snapshot snapshot() {
    return snapshots.current();
  }

  /// How the keys stand now.
  public List<KeyView> keys() {
    return pools.view();
  }

  /// The pools, for people who pause or recover a key.
  public Pools pools() {
    return pools;
  }

  /// Exchanges under way.
  public int live() {
    return server.live();
  }

  /// The client key that this start made, or null when there was one before.
  public @Nullable Secret issued() {
    return issued;
  }

  /// The token of the set-up link, or null when somebody has an account.
  public @Nullable String setUpToken() {
    Secret token = console.setUp();
    return token == null ? null : token.reveal(SecretAccess.granted());
  }

  /// Where the owner's account is made, or null when somebody has one. The token stands in the
  /// fragment, which browsers send to nobody.
  public @Nullable String setUpLink() {
    String token = setUpToken();
    return token == null ? null : address().url() + "/setup#token=" + token;
  }

  /// Where whoever started the demo is let in, once; another place, once it was used. Null when it
  /// is no demo.
  public @Nullable String signInLink() {
    SignInLink link = console.signIn();
    return link == null
        ? null
        : address().url() + "/sign-in#link=" + link.token().reveal(SecretAccess.granted());
  }

  /// Connects a Google account and chooses its project, as a person would in the console. Blocks.
  ///
  /// @param browser follows an address and answers with the one that the consent page leads to
  /// @return whether it is connected
  public boolean connectGoogle(UnaryOperator<String> browser, String project) {
    return console.google().connect(browser, project);
  }

  /// Stops in order: no new connections, live exchanges may go on for `grace`, then what is queued
  /// is written and everything closes. A second call does nothing.
  public void stop(Duration grace) {
    if (stopped.getAndSet(true)) {
      return;
    }
    readiness.stop();
    control.shutdownNow();
    console.console().endFeeds();
    try {
      server.stop(grace).await(grace.plus(LAST_WORDS).toMillis(), TimeUnit.MILLISECONDS);
    } catch (Exception e) {
      LOG.warn("the server did not stop in time: {}", e.toString());
    }
    Closing.all(opened);
  }

  /// Stops with the grace period of the settings.
  @Override
  public void close() {
    stop(snapshot().settings().drain());
  }
}
