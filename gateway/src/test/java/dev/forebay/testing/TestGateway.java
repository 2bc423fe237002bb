package dev.forebay.testing;

import dev.forebay.control.ClientKey;
import dev.forebay.control.Config;
import dev.forebay.control.ProviderKey;
import dev.forebay.control.Routes;
import dev.forebay.control.Settings;
import dev.forebay.control.Snapshot;
import dev.forebay.control.Source;
import dev.forebay.control.Workspace;
import dev.forebay.control.models.CatalogReader;
import dev.forebay.dialect.Provider;
import dev.forebay.exchange.Allowances;
import dev.forebay.exchange.BodySink;
import dev.forebay.exchange.CacheKeys;
import dev.forebay.exchange.ClientLimits;
import dev.forebay.exchange.Credential;
import dev.forebay.exchange.Limits;
import dev.forebay.exchange.LiveToken;
import dev.forebay.exchange.Origin;
import dev.forebay.exchange.Owners;
import dev.forebay.exchange.StandIns;
import dev.forebay.exchange.WaitingRoom;
import dev.forebay.pool.KeySpec;
import dev.forebay.pool.PoolListener;
import dev.forebay.pool.PoolSettings;
import dev.forebay.pool.Pools;
import dev.forebay.pool.Ticker;
import dev.forebay.secrets.Digest;
import dev.forebay.secrets.Secret;
import dev.forebay.transport.client.VertxUpstream;
import dev.forebay.transport.server.BodyMemory;
import dev.forebay.transport.server.GatewayServer;
import dev.forebay.transport.server.ServerSpec;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A gateway on a free port with keys that point to a [ScriptedProvider] or wherever a test says.
public final class TestGateway implements AutoCloseable {

  /// The one client key.
  public static final String CLIENT_KEY = "fb-test-client-key-0123456789abcdef";

  /// Real time: these tests go through real sockets.
  public static final Ticker TICKER =
      new Ticker() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public Instant now() {
          return Instant.now();
        }
      };

  public final Vertx vertx;
  public final RecordingListener listener = new RecordingListener();
  public final Pools pools;
  public final AtomicReference<Snapshot> snapshot;
  public final BodyMemory bodies = new BodyMemory(40L << 20);
  public final GatewayServer server;
  public final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private TestGateway(Vertx vertx, Snapshot snapshot, long seed) {
    this.vertx = vertx;
    this.snapshot = new AtomicReference<>(snapshot);
    this.pools =
        new Pools(
            PoolSettings.defaults(), TICKER, new SplittableRandom(seed), new PoolListener() {});
    pools.replace(snapshot.keys().values().stream().map(ProviderKey::spec).toList());
    this.server =
        GatewayServer.start(
                vertx,
                new ServerSpec(
                    "127.0.0.1",
                    0,
                    2,
                    loopVertx -> new VertxUpstream(loopVertx, TICKER),
                    this.snapshot::get,
                    pools,
                    new Owners(1_000, pools, TICKER),
                    new Allowances(TICKER),
                    new WaitingRoom(),
                    listener,
                    TICKER,
                    () -> new SplittableRandom(seed),
                    bodies,
                    BodySink.NONE,
                    () -> null,
                    () -> "# no metrics\n",
                    null))
            .await();
  }

  public static Builder builder(Vertx vertx) {
    return new Builder(vertx);
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  /// A POST with the client key in `authorization`.
  public HttpRequest.Builder post(String path, String json) {
    return HttpRequest.newBuilder(uri(path))
        .timeout(Duration.ofSeconds(30))
        .header("authorization", "Bearer " + CLIENT_KEY)
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(json));
  }

  public HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  public HttpResponse<String> chat(String json) throws Exception {
    return send(post("/v1/chat/completions", json));
  }

  public HttpResponse<String> messages(String json) throws Exception {
    return send(post("/v1/messages", json).header("anthropic-version", "2023-06-01"));
  }

  @Override
  public void close() {
    http.close();
    server.stop(Duration.ZERO).await();
  }

  /// Puts a gateway together.
  public static final class Builder {

    private final Vertx vertx;
    private final Map<String, ProviderKey> keys = new LinkedHashMap<>();
    private final Map<String, String> aliases = new LinkedHashMap<>();
    private Config.Fallback fallback = Config.Fallback.NONE;
    private @Nullable StandIns standIns;
    private @Nullable ClientLimits clientLimits;
    private CacheKeys cacheKeys = CacheKeys.OPENAI;
    private Limits limits = patience(Limits.defaults(), Duration.ZERO);

    private Builder(Vertx vertx) {
      this.vertx = vertx;
    }

    /// Adds a key named by its secret, alone in its limit group.
    public Builder key(Provider provider, String secret, int port) {
      return key(provider, secret, port, 5, Long.MAX_VALUE, null);
    }

    public Builder key(
        Provider provider,
        String secret,
        int port,
        int priority,
        long dailyTokens,
        @Nullable String group) {
      return key(provider, secret, port, priority, dailyTokens, Long.MAX_VALUE, group);
    }

    public Builder key(
        Provider provider,
        String secret,
        int port,
        int priority,
        long dailyTokens,
        long dailyNanoDollars,
        @Nullable String group) {
      KeySpec spec =
          new KeySpec(
              secret,
              secret,
              provider.id(),
              group == null ? KeySpec.ownGroup(secret) : group,
              priority,
              dailyTokens,
              dailyNanoDollars,
              Set.of(),
              false);
      keys.put(
          secret,
          new ProviderKey(
              spec,
              Secret.of(secret),
              provider,
              new Origin(false, "127.0.0.1", port, ""),
              Source.FILE,
              ""));
      return this;
    }

    /// Adds a connected Google account with this project, sent with whatever `token` holds.
    public Builder account(String name, String project, LiveToken token, int port) {
      KeySpec spec =
          new KeySpec(
              name,
              name,
              Provider.GEMINI.id(),
              ProviderKey.poolGroup(Provider.GEMINI, project),
              5,
              Long.MAX_VALUE,
              Set.of(),
              false);
      keys.put(
          name,
          new ProviderKey(
              spec,
              Secret.of("1//test-refresh-" + name),
              Provider.GEMINI,
              new Origin(false, "127.0.0.1", port, ""),
              Source.DATABASE,
              "",
              new Credential.Account(token, project),
              null));
      return this;
    }

    /// Limits the one client key.
    public Builder clientLimits(ClientLimits most) {
      this.clientLimits = most;
      return this;
    }

    public Builder alias(String name, String model) {
      aliases.put(name, model);
      return this;
    }

    /// Models that stand in for one another, by all providers.
    public Builder equivalent(String... models) {
      List<List<String>> lists = new ArrayList<>(fallback.models());
      lists.add(List.of(models));
      fallback =
          new Config.Fallback(fallback.order(), lists, fallback.strict(), fallback.refusals());
      return this;
    }

    /// The only providers that stand in.
    public Builder order(Provider... providers) {
      fallback =
          new Config.Fallback(
              List.of(providers), fallback.models(), fallback.strict(), fallback.refusals());
      return this;
    }

    /// Refuses what would lose something.
    public Builder strict() {
      fallback =
          new Config.Fallback(fallback.order(), fallback.models(), true, fallback.refusals());
      return this;
    }

    /// Lets somebody stand in for a model that declines.
    public Builder refusals() {
      fallback = new Config.Fallback(fallback.order(), fallback.models(), fallback.strict(), true);
      return this;
    }

    /// Who may stand in for what the one client key asks for.
    public Builder clientFallback(String text) {
      standIns = StandIns.parse(text);
      return this;
    }

    public Builder maxWait(Duration wait) {
      this.limits = patience(limits, wait);
      return this;
    }

    /// Sets the three timeouts that a test can wait for.
    public Builder timeouts(Duration firstByte, Duration idle, Duration body) {
      this.limits =
          new Limits(
              limits.maxBodyBytes(),
              limits.maxWait(),
              Duration.ofSeconds(2),
              firstByte,
              idle,
              body,
              limits.maxAttempts(),
              limits.maxWaiting());
      return this;
    }

    public Builder maxBody(long bytes) {
      this.limits =
          new Limits(
              bytes,
              limits.maxWait(),
              limits.connectTimeout(),
              limits.firstByteTimeout(),
              limits.idleTimeout(),
              limits.bodyTimeout(),
              limits.maxAttempts(),
              limits.maxWaiting());
      return this;
    }

    /// Towards whom requests are given a `prompt_cache_key`.
    public Builder cacheKeys(CacheKeys towards) {
      this.cacheKeys = towards;
      return this;
    }

    /// How many requests may wait at once.
    public Builder maxWaiting(int most) {
      this.limits = limits.withMaxWaiting(most);
      return this;
    }

    private static Limits patience(Limits limits, Duration wait) {
      return limits.with(wait, limits.maxAttempts());
    }

    public TestGateway start() {
      Settings settings = Settings.DEFAULT.withLimits(limits).withCacheKeys(cacheKeys);
      return new TestGateway(
          vertx,
          new Snapshot(
              Workspace.DEFAULT,
              Map.of(
                  Digest.sha256(CLIENT_KEY),
                  new ClientKey("client-1", "laptop", "cdef", Source.FILE, clientLimits, standIns)),
              keys,
              Routes.of(fallback, aliases, CatalogReader.shipped()),
              CatalogReader.shipped(),
              settings),
          42);
    }
  }
}
