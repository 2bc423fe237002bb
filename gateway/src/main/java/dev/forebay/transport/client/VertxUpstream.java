package dev.forebay.transport.client;

import dev.forebay.exchange.Origin;
import dev.forebay.exchange.Upstream;
import dev.forebay.exchange.UpstreamRequest;
import dev.forebay.pool.Ticker;
import dev.forebay.transport.wire.HeadNames;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.time.Duration;

/// Sends attempts over kept-alive connections that belong to one event loop.
///
/// Vert.x connects: names, TLS, the native transport. What goes over a connection is written and
/// read here, because its HTTP client does for every request what only some need (a pool with
/// waiters, maps of headers that are copied, futures): a fifth of the CPU of a small request.
///
/// One instance per event loop, made and used on it: shared connections would hop threads. Event
/// loop only.
public final class VertxUpstream implements Upstream {

  /// How often silence is looked for; the bound on how late a timeout is noticed.
  private static final long WATCH_MILLIS = 250;

  /// Idle connections are closed before the usual minute after which servers close them.
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(45);

  private static final ClientSSLOptions TLS =
      new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS");

  private final NetClient client;
  private final ContextInternal context;
  private final Ticker ticker;
  private final IdleConnections idle;
  private final CallList calls = new CallList();
  private final RequestText text = new RequestText();
  private final HeadNames names = new HeadNames();
  private final byte[] scratch = PlainAnswer.scratch();

  /// Must be called on the event loop that will use the instance.
  public VertxUpstream(Vertx vertx, Ticker ticker) {
    this.ticker = ticker;
    this.context = (ContextInternal) vertx.getOrCreateContext();
    this.client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
    this.idle = new IdleConnections(ticker, KEEP_ALIVE.toNanos());
    vertx.setPeriodic(WATCH_MILLIS, id -> watch(ticker.nanos()));
  }

  private void watch(long nowNanos) {
    calls.watch(nowNanos);
    idle.watch(nowNanos);
  }

  @Override
  public Call send(UpstreamRequest request, Answer answer) {
    HttpCall call = new HttpCall(request, answer, calls, ticker);
    calls.add(call);
    Connection open = idle.take(request.origin());
    if (open == null) {
      connect(request, call);
    } else {
      call.connected(open, text);
    }
    return call;
  }

  private void connect(UpstreamRequest request, HttpCall call) {
    Origin origin = request.origin();
    ConnectOptions options =
        new ConnectOptions()
            .setHost(origin.host())
            .setPort(origin.port())
            .setSsl(origin.tls())
            .setSslOptions(origin.tls() ? TLS : null)
            .setTimeout((int) request.limits().connectTimeout().toMillis());
    client
        .connect(options)
        .onComplete(
            socket ->
                call.connected(
                    Connection.on(
                        (NetSocketInternal) socket, origin, idle, context, names, scratch),
                    text),
            call::notConnected);
  }
}
