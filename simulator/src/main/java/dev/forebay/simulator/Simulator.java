package dev.forebay.simulator;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Running simulated providers on one port: Anthropic, OpenAI and Gemini. Thread-safe.
///
/// Faults can be scripted at any time and strike in the order in which they were given; what
/// arrived can be read back.
public final class Simulator implements AutoCloseable {

  private static final Duration CLOSING = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final boolean ownsVertx;
  private final World world;
  private final SimulatorSpec spec;
  private final List<String> deployments = new CopyOnWriteArrayList<>();
  private volatile int port;

  private Simulator(Vertx vertx, boolean ownsVertx, SimulatorSpec spec, SimulatorClock clock) {
    this.vertx = vertx;
    this.ownsVertx = ownsVertx;
    this.spec = spec;
    this.world = new World(spec, clock);
  }

  /// Starts on the caller's Vert.x; port 0 takes any free one.
  public static Future<Simulator> start(Vertx vertx, SimulatorSpec spec, int port) {
    return start(vertx, spec, port, SimulatorClock.system());
  }

  /// The same, with limits and caches on another clock.
  public static Future<Simulator> start(
      Vertx vertx, SimulatorSpec spec, int port, SimulatorClock clock) {
    Simulator simulator = new Simulator(vertx, false, spec, clock);
    return simulator.listen(port).map(simulator);
  }

  /// Starts on a Vert.x of its own and waits until it listens. Not to be called on an event loop.
  public static Simulator start(SimulatorSpec spec, int port) {
    return start(spec, port, SimulatorClock.system());
  }

  /// The same, with limits and caches on another clock.
  public static Simulator start(SimulatorSpec spec, int port, SimulatorClock clock) {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(spec.eventLoops())
                .setPreferNativeTransport(true));
    Simulator simulator = new Simulator(vertx, true, spec, clock);
    try {
      simulator.listen(port).await(CLOSING.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception failed) {
      vertx.close();
      throw new IllegalStateException(
          "port: %d on %s can not be listened on: %s"
              .formatted(port, spec.host(), failed.getMessage()),
          failed);
    }
    return simulator;
  }

  private Future<Void> listen(int wanted) {
    int others = spec.eventLoops() - 1;
    return deploy(wanted, 1)
        .compose(_ -> others == 0 ? Future.succeededFuture() : deploy(port, others));
  }

  /// Servers on one port share its connections, each on an event loop of its own.
  private Future<Void> deploy(int at, int instances) {
    return vertx
        .deployVerticle(() -> new Door(at), new DeploymentOptions().setInstances(instances))
        .onSuccess(deployments::add)
        .mapEmpty();
  }

  /// One HTTP server on one event loop.
  private final class Door extends VerticleBase {
    private final int at;

    Door(int at) {
      this.at = at;
    }

    @Override
    public Future<?> start() {
      HttpServerOptions options =
          new HttpServerOptions()
              .setHost(spec.host())
              .setPort(at)
              .setTcpNoDelay(true)
              .setHttp2ClearTextEnabled(false)
              .setHandle100ContinueAutomatically(true)
              .setMaxHeaderSize(64 * 1024);
      return vertx
          .createHttpServer(options)
          .requestHandler(new Gate(vertx, world)::handle)
          .listen()
          .onSuccess(server -> {
            port = server.actualPort();
            world.google().origin(origin());
          });
    }
  }

  /// Where it listens, `http://127.0.0.1:port`; all providers are served there.
  public String origin() {
    return "http://" + spec.host() + ':' + port;
  }

  public int port() {
    return port;
  }

  /// Queues faults for the next requests of a key, one request each.
  public void script(String secret, Fault... nextFaults) {
    script(world.known(secret), nextFaults);
  }

  /// Queues faults for the next matching requests, one request each.
  public void script(KeyMatcher match, Fault... nextFaults) {
    world.faults().script(match, List.of(nextFaults));
  }

  /// Lets a fault strike every request of a key until it is cleared.
  public void always(String secret, Fault fault) {
    always(world.known(secret), fault);
  }

  /// Lets a fault strike every matching request until it is cleared.
  public void always(KeyMatcher match, Fault fault) {
    add(new FaultRule(match, fault));
  }

  /// Adds a standing fault, such as one that strikes by chance.
  public void add(FaultRule rule) {
    world.faults().add(rule);
  }

  /// Ends scripted and standing faults of a key.
  public void clear(String secret) {
    world.faults().clear(world.known(secret));
  }

  /// Ends scripted and standing faults that were given with this matcher.
  public void clear(KeyMatcher match) {
    world.faults().clear(match);
  }

  /// Ends all faults.
  public void clearFaults() {
    world.faults().clear();
  }

  /// How fast answers come from now on, but for keys and organisations with a pace of their own.
  public void pace(Pace pace) {
    world.pace(pace);
  }

  /// How fast one key is answered from now on, whatever its provider.
  public void pace(String secret, Pace pace) {
    world.known(secret);
    for (KeyAccount key : world.keys()) {
      if (key.key().secret().equals(secret)) {
        key.pace(pace);
      }
    }
  }

  /// Which size answers have from now on.
  public void shape(Shape shape) {
    world.shape(shape);
  }

  /// The latest requests, oldest first; as many as [SimulatorSpec#recordedRequests()].
  public List<ReceivedRequest> requests() {
    return world.ledger().requests();
  }

  /// The latest answers whose client left before their end, oldest first.
  public List<AbortedAnswer> aborted() {
    return world.ledger().aborted();
  }

  /// Forgets recorded requests and aborted answers; counters go on.
  public void clearRecords() {
    world.ledger().clear();
  }

  /// What each key has done, by provider and secret.
  public List<KeyUsage> usage() {
    return world.keys().stream()
        .map(key -> key.counters().view(key))
        .sorted(Comparator.comparing(KeyUsage::provider).thenComparing(KeyUsage::secret))
        .toList();
  }

  /// What one key has done, or an account at Google by its e-mail: the first of its projects.
  public KeyUsage usage(String secret) {
    @Nullable KeyUsage found =
        usage().stream().filter(usage -> usage.secret().equals(secret)).findFirst().orElse(null);
    if (found == null) {
      throw new IllegalArgumentException(
          "secret: '%s' is not one of the simulator's keys".formatted(secret));
    }
    return found;
  }

  /// What one account at Google has done with the quota of one project.
  ///
  /// @param project the project's number
  public KeyUsage usage(String email, String project) {
    KeyAccount key = world.google().principal(email, project);
    if (key == null) {
      throw new IllegalArgumentException(
          "account: '%s' may not use the project '%s'".formatted(email, project));
    }
    return key.counters().view(key);
  }

  /// Accounts at Google, and what goes wrong with them.
  public Google google() {
    return world.google();
  }

  /// Stops listening and cuts what is under way.
  public Future<Void> stop() {
    List<Future<Void>> closing = new ArrayList<>();
    deployments.forEach(deployment -> closing.add(vertx.undeploy(deployment)));
    deployments.clear();
    return Future.join(closing).<Void>mapEmpty().eventually(this::closeVertx);
  }

  private Future<Void> closeVertx() {
    return ownsVertx ? vertx.close() : Future.succeededFuture();
  }

  /// The same, and waits. Not to be called on an event loop.
  @Override
  public void close() {
    try {
      stop().await(CLOSING.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception late) {
      throw new IllegalStateException("simulator: did not stop within " + CLOSING, late);
    }
  }
}
