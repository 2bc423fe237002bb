package dev.forebay.app;

import dev.forebay.app.GatewayPlan.Persistence;
import dev.forebay.control.Config;
import dev.forebay.control.HostPort;
import dev.forebay.control.ProviderKey;
import dev.forebay.control.Settings;
import dev.forebay.control.Snapshot;
import dev.forebay.control.SnapshotSource;
import dev.forebay.control.StorageException;
import dev.forebay.control.Stores;
import dev.forebay.control.Workspace;
import dev.forebay.control.clients.DayCounts;
import dev.forebay.control.clients.LastUses;
import dev.forebay.exchange.Allowances;
import dev.forebay.exchange.ExchangeListener;
import dev.forebay.exchange.Owners;
import dev.forebay.exchange.WaitingRoom;
import dev.forebay.pool.KeySpec;
import dev.forebay.pool.PoolSettings;
import dev.forebay.pool.Pools;
import dev.forebay.pool.Ticker;
import dev.forebay.secrets.Secret;
import dev.forebay.secrets.SecretAccess;
import dev.forebay.storage.WriteBehind;
import dev.forebay.storage.WriteSettings;
import dev.forebay.storage.memory.MemoryStores;
import dev.forebay.storage.sql.SqlStores;
import dev.forebay.storage.sql.StorageSpec;
import dev.forebay.storage.sql.StoreOpening;
import dev.forebay.telemetry.AccessLog;
import dev.forebay.telemetry.ClientKeyUses;
import dev.forebay.telemetry.Listeners;
import dev.forebay.telemetry.Metrics;
import dev.forebay.telemetry.UsageRecorder;
import dev.forebay.telemetry.live.KeptBodies;
import dev.forebay.telemetry.live.LiveFigures;
import dev.forebay.transport.admin.FreeCallTester;
import dev.forebay.transport.admin.LiveListener;
import dev.forebay.transport.client.VertxUpstream;
import dev.forebay.transport.google.GoogleHttp;
import dev.forebay.transport.server.BodyMemory;
import dev.forebay.transport.server.GatewayServer;
import dev.forebay.transport.server.ServerSpec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Builds a running gateway from its plan: the one constructor graph. *Confined to the thread that
/// starts it.*
///
/// What was opened is closed again, last first, when a later step is refused.
public final class Wiring {
  private static final int REMEMBERED_RESOURCES = 100_000;
  private static final long START_SECONDS = 30;

  /// A turn of an event loop that lasts longer is reported; a busy machine alone can take seconds.
  private static final Duration LONGEST_TURN = Duration.ofSeconds(5);

  private static final String ACCESS_LOG = "access.log";

  private final GatewayPlan plan;
  private final Config config;

  /// One part in this many of the heap may hold request bodies.
  private static final int BODY_SHARE = 3;

  /// One part in this many of the heap may hold bodies that somebody wants kept.
  private static final int KEPT_BODIES_SHARE = 10;

  private final Ticker ticker;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final CompletableFuture<Vertx> engine = engine();

  private Wiring(GatewayPlan plan, Ticker ticker) {
    this.plan = plan;
    this.config = plan.config();
    this.ticker = ticker;
  }

  /// Starts a gateway on the machine's clocks.
  public static GatewayStart start(GatewayPlan plan) {
    return start(plan, SystemTicker.INSTANCE);
  }

  /// Starts a gateway on another clock.
  static GatewayStart start(GatewayPlan plan, Ticker ticker) {
    Wiring wiring = new Wiring(plan, ticker);
    boolean running = false;
    try {
      GatewayStart start = wiring.storage();
      running = start instanceof GatewayStart.Running;
      return start;
    } catch (StorageException e) {
      return new GatewayStart.Refused(e.problem().message());
    } finally {
      if (!running) {
        wiring.opened.addLast(() -> await(wiring.engine.join().close()));
        Closing.all(wiring.opened);
      }
    }
  }

  /// Event loops, made while the storage is opened.
  private static CompletableFuture<Vertx> engine() {
    CompletableFuture<Vertx> made = new CompletableFuture<>();
    Thread.ofPlatform()
        .name("forebay-start")
        .daemon()
        .start(() -> {
          try {
            made.complete(vertx());
          } catch (Throwable e) {
            made.completeExceptionally(e);
          }
        });
    return made;
  }

  private static Vertx vertx() {
    return Vertx.vertx(
        new VertxOptions()
            .setPreferNativeTransport(true)
            .setDisableTCCL(true)
            .setMaxEventLoopExecuteTime(LONGEST_TURN.toNanos())
            // Nothing is served from the class path: no cache directory is needed.
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false)));
  }

  private GatewayStart storage() {
    return switch (plan.persistence()) {
      case Persistence.Fleeting _ -> join(new MemoryStores());
      case Persistence.Durable(String keyset) -> {
        Secret database = config.database();
        StorageSpec spec =
            new StorageSpec(
                config.data(),
                database == null ? null : database.reveal(SecretAccess.granted()),
                keyset);
        yield switch (SqlStores.open(spec)) {
          case StoreOpening.Ready(Stores stores) -> join(stores);
          case StoreOpening.Refused(var problem) -> new GatewayStart.Refused(problem.message());
        };
      }
    };
  }

  private GatewayStart join(Stores stores) {
    open(stores);
    Secret issued = IssuedKey.issueIfNone(config, stores.clientKeys(), ticker, Chance.secure());
    SnapshotSource snapshots =
        new SnapshotSource(
            Workspace.DEFAULT,
            plan.file(),
            config,
            stores.keys(),
            stores.clientKeys(),
            stores.settings(),
            plan.notices());
    Settings settings = snapshots.current().settings();

    LiveListener feed = new LiveListener();
    Pools pools =
        new Pools(
            poolSettings(settings),
            ticker,
            Chance.shared(),
            new PoolListeners(new StatusLog(settings.zone()), feed));
    pools.replace(specs(snapshots.current()));
    pools.restore(stores.pool(Workspace.DEFAULT).load());
    snapshots.onChange((before, after) -> {
      pools.settings(poolSettings(after.settings()));
      pools.replace(specs(after));
      after
          .keys()
          .forEach((id, key) -> {
            ProviderKey known = before.keys().get(id);
            if (known != null && !known.reachesAs(key)) {
              pools.renew(id);
            }
          });
    });

    Allowances allowances = new Allowances(ticker);
    DayCounts counts = new DayCounts(Workspace.DEFAULT, stores.usage(), allowances, ticker);
    counts.restore(snapshots.current());
    snapshots.onChange(counts);

    WriteBehind writes =
        new WriteBehind(
            stores,
            ticker,
            WriteSettings.DEFAULT,
            () -> snapshots.current().settings().retention());
    writes.watch(Workspace.DEFAULT, pools::save);
    LastUses uses = new LastUses();
    uses.restore(stores.clientKeys().lastUses(Workspace.DEFAULT));
    writes.watch(Workspace.DEFAULT, uses);
    Owners owners = new Owners(REMEMBERED_RESOURCES, pools, ticker);
    owners.restore(stores.owners().latest(Workspace.DEFAULT, REMEMBERED_RESOURCES));
    writes.watch(Workspace.DEFAULT, owners);
    writes.start();
    open(writes);

    WaitingRoom room = new WaitingRoom();
    Metrics metrics = new Metrics(pools, room, ticker, plan.version());
    open(metrics);
    ConsoleWiring consoleWiring = new ConsoleWiring(stores, snapshots, pools, uses, ticker);
    LiveFigures figures = consoleWiring.figures();
    Listeners listeners =
        listeners(settings, snapshots, writes, metrics, figures, new ClientKeyUses(uses));

    Readiness readiness = new Readiness(writes::backlog);
    Vertx vertx = engine.join();
    open(() -> await(vertx.close()));
    KeptBodies bodies =
        new KeptBodies(
            () -> snapshots.current().settings().bodies().kept(),
            () -> snapshots.current().settings().bodies().retention(),
            ticker,
            Runtime.getRuntime().maxMemory() / KEPT_BODIES_SHARE);
    LocalAccess local = LocalAccess.of(plan, ticker, Chance.secure());
    ConsoleWiring.Built built =
        consoleWiring.build(
            config,
            room,
            figures,
            bodies,
            feed,
            new FreeCallTester(vertx, loop -> new VertxUpstream(loop, ticker), ticker),
            new GoogleHttp(vertx, loop -> new VertxUpstream(loop, ticker), snapshots::google),
            local.operator(),
            plan.version(),
            plan.demo());
    open(built.google());
    open(built.console());
    open(local);
    return listen(
        new ServerSpec(
            settings.listen().host(),
            settings.listen().port(),
            Runtime.getRuntime().availableProcessors(),
            loop -> new VertxUpstream(loop, ticker),
            snapshots::current,
            pools,
            owners,
            allowances,
            room,
            listeners,
            ticker,
            Chance::ofLoop,
            new BodyMemory(Runtime.getRuntime().maxMemory() / BODY_SHARE),
            bodies,
            readiness,
            settings.metrics().on() && settings.metrics().listen() == null ? metrics::scrape : null,
            built.console()),
        vertx,
        metrics,
        server -> {
          Gateway gateway = new Gateway(server, snapshots, pools, readiness, issued, built, opened);
          built.google().listensAt(gateway.address());
          local.publish(gateway.address());
          return gateway;
        });
  }

  private Listeners listeners(
      Settings settings,
      SnapshotSource snapshots,
      WriteBehind writes,
      Metrics metrics,
      LiveFigures figures,
      ClientKeyUses uses) {
    UsageRecorder usage = new UsageRecorder(writes, () -> snapshots.current().zone());
    metrics.countDropped("usage_row", usage::dropped);
    List<ExchangeListener> all =
        new ArrayList<>(List.of(metrics, usage, figures, uses, plan.listener()));
    AccessLog log = accessLog(settings.accessLog());
    if (log != null) {
      open(log);
      all.add(log);
      metrics.countDropped("access_log_line", log::dropped);
    }
    Listeners listeners = Listeners.all(all.toArray(ExchangeListener[]::new));
    metrics.countListenerFailures(listeners::failures);
    return listeners;
  }

  private @Nullable AccessLog accessLog(Settings.AccessLog where) {
    return switch (where) {
      case Settings.AccessLog.Off _ -> null;
      case Settings.AccessLog.Standard _ -> AccessLog.to(plan.output(), ticker);
      case Settings.AccessLog.ToFile(Path path) -> AccessLog.to(path, ticker);
      case Settings.AccessLog.InData _ ->
          plan.persistence() instanceof Persistence.Fleeting
              ? null
              : AccessLog.to(config.data().resolve(ACCESS_LOG), ticker);
    };
  }

  @FunctionalInterface
  private interface Finish {
    Gateway gateway(GatewayServer server);
  }

  private GatewayStart listen(ServerSpec spec, Vertx vertx, Metrics metrics, Finish finish) {
    HostPort address = plan.config().settings().listen();
    GatewayServer server;
    try {
      server = GatewayServer.start(vertx, spec).await(START_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      return new GatewayStart.Refused(whyNot(address, e));
    }
    HostPort own = plan.config().settings().metrics().listen();
    if (own != null) {
      try {
        MetricsServer.start(vertx, own, metrics::scrape).await(START_SECONDS, TimeUnit.SECONDS);
      } catch (Exception e) {
        return new GatewayStart.Refused("metrics: " + whyNot(own, e));
      }
    }
    return new GatewayStart.Running(finish.gateway(server));
  }

  private static String whyNot(HostPort address, Exception failure) {
    Throwable cause = failure;
    while (cause.getCause() != null
        && !(cause instanceof BindException)
        && !(cause instanceof UnknownHostException)) {
      cause = cause.getCause();
    }
    if (cause instanceof UnknownHostException) {
      return "cannot listen on "
          + address
          + ": this machine does not know the host '"
          + address.host()
          + "'; use an address of this machine, such as 127.0.0.1 or 0.0.0.0";
    }
    String said = String.valueOf(cause.getMessage());
    String taken = "cannot listen on " + address + ": ";
    if (said.contains("in use")) {
      return taken
          + "the port is taken by another process; stop that one, or choose another port with"
          + " --listen or 'listen:'";
    }
    if (said.contains("ermission denied")) {
      return taken + "this user may not use the port; choose one above 1023";
    }
    if (said.contains("assign requested address")) {
      return taken
          + "no interface of this machine has that address; use one that has, or 0.0.0.0 for all";
    }
    return taken + said;
  }

  private static PoolSettings poolSettings(Settings settings) {
    return PoolSettings.defaults().withBudgetZone(settings.zone());
  }

  private static List<KeySpec> specs(Snapshot snapshot) {
    return snapshot.keys().values().stream().map(ProviderKey::spec).toList();
  }

  private void open(AutoCloseable resource) {
    opened.push(resource);
  }

  private static void await(Future<?> future) throws TimeoutException {
    future.await(START_SECONDS, TimeUnit.SECONDS);
  }
}
