package dev.forebay.transport.client;

import dev.forebay.exchange.Limits;
import dev.forebay.exchange.Origin;
import dev.forebay.exchange.Upstream;
import dev.forebay.exchange.UpstreamRequest;
import dev.forebay.pool.Ticker;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;

/// Sends attempts over pooled keep-alive connections that belong to one event loop.
///
/// One instance per event loop, made and used on it: a shared client would make connections hop
/// threads. Event loop only.
public final class VertxUpstream implements Upstream {

  /// How often silence is looked for; the bound on how late a timeout is noticed.
  private static final long WATCH_MILLIS = 250;

  /// Connections per origin; a small pool would queue requests behind streams.
  private static final int CONNECTIONS = 10_000;

  /// Idle connections are closed before the usual minute after which servers close them.
  private static final int KEEP_ALIVE_SECONDS = 45;

  private static final int LARGEST_HEADERS = 64 << 10;
  private static final int LARGEST_CHUNK = 64 << 10;

  private final HttpClient client;
  private final Ticker ticker;
  private final CallList calls = new CallList();

  /// Must be called on the event loop that will use the instance.
  public VertxUpstream(Vertx vertx, Ticker ticker) {
    this.ticker = ticker;
    HttpClientOptions options =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_1_1)
            .setKeepAlive(true)
            .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
            .setTcpNoDelay(true)
            .setDecompressionSupported(false)
            .setMaxHeaderSize(LARGEST_HEADERS)
            .setMaxChunkSize(LARGEST_CHUNK)
            .setVerifyHost(true);
    this.client =
        vertx
            .httpClientBuilder()
            .with(options)
            .with(new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(-1))
            .build();
    vertx.setPeriodic(WATCH_MILLIS, id -> calls.watch(ticker.nanos()));
  }

  @Override
  public Call send(UpstreamRequest request, Answer answer) {
    Limits limits = request.limits();
    VertxCall call = new VertxCall(request, answer, calls, ticker);
    calls.add(call);
    client.request(options(request, limits)).onComplete(call::connected, call::notConnected);
    return call;
  }

  private static RequestOptions options(UpstreamRequest request, Limits limits) {
    Origin origin = request.origin();
    return new RequestOptions()
        .setMethod(method(request.method()))
        .setHost(origin.host())
        .setPort(origin.port())
        .setSsl(origin.tls())
        .setURI(request.path())
        .setConnectTimeout(limits.connectTimeout().toMillis());
  }

  private static HttpMethod method(String name) {
    return switch (name) {
      case "POST" -> HttpMethod.POST;
      case "GET" -> HttpMethod.GET;
      default -> HttpMethod.valueOf(name);
    };
  }
}
