package dev.forebay.transport.server;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.Endpoint;
import dev.forebay.dialect.Endpoints;
import dev.forebay.dialect.GatewayError;
import dev.forebay.exchange.AnswerHeaders;
import dev.forebay.exchange.BodySink;
import dev.forebay.exchange.Directory;
import dev.forebay.exchange.Dispatcher;
import dev.forebay.exchange.Headers;
import dev.forebay.exchange.Limits;
import dev.forebay.exchange.Prober;
import dev.forebay.exchange.RequestIds;
import dev.forebay.exchange.Timers;
import dev.forebay.exchange.Upstream;
import dev.forebay.pool.Ticker;
import dev.forebay.transport.wire.ControlPlane;
import dev.forebay.transport.wire.HeadNames;
import dev.forebay.transport.wire.HeadText;
import dev.forebay.transport.wire.VertxHeaders;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One event loop of the data plane: its listener, its way to the providers, its dispatcher.
///
/// Event loop only, but for `port`, `live` and `drain`, which any thread may call.
final class Loop extends VerticleBase {

  private static final int LARGEST_HEADERS = 64 << 10;
  private static final int LARGEST_LINE = 16 << 10;
  private static final int LARGEST_CHUNK = 64 << 10;

  /// How long a client may go on sending a body that has been refused.
  private static final Duration UNREAD_GRACE = Duration.ofSeconds(2);

  private static final Duration BODY_LOOK = Duration.ofMillis(500);
  private static final Duration PROBE_LOOK = Duration.ofSeconds(15);
  private static final Duration DRAIN_LOOK = Duration.ofMillis(25);

  private final ServerSpec spec;
  private final Set<RequestReader> reading = new HashSet<>();
  private final Set<DirectConnection> direct = new HashSet<>();
  private final HeadNames names = new HeadNames();
  private final HeadText text = new HeadText();
  private final byte[] scratch = new byte[PlainHead.LARGEST];
  private @Nullable HttpServer server;
  private @Nullable Dispatcher dispatcher;
  private @Nullable Authenticator authenticator;
  private @Nullable Operators operators;
  private @Nullable ContextInternal loopContext;
  private long idleNanos;
  private @Nullable RandomGenerator random;
  private volatile int port;
  private volatile boolean draining;

  Loop(ServerSpec spec) {
    this.spec = spec;
  }

  @Override
  public Future<?> start() {
    loopContext = (ContextInternal) context;
    RandomGenerator own = spec.random().get();
    random = own;
    Timers timers = new LoopTimers(vertx, context);
    Upstream upstream = spec.upstream().apply(vertx);
    dispatcher =
        new Dispatcher(
            spec.pools(),
            spec.directory(),
            spec.owners(),
            spec.allowances(),
            spec.room(),
            spec.listener(),
            upstream,
            timers,
            spec.ticker(),
            own);
    Authenticator known = new Authenticator(spec.owners());
    authenticator = known;
    operators = new Operators(spec, known, () -> draining);
    Prober prober = new Prober(spec.pools(), spec.directory(), upstream, spec.ticker());
    vertx.setPeriodic(PROBE_LOOK.toMillis(), fired -> prober.probe());
    vertx.setPeriodic(
        BODY_LOOK.toMillis(),
        fired -> {
          long now = ticker().nanos();
          List.copyOf(reading).forEach(reader -> reader.watch(now));
          List.copyOf(direct).forEach(connection -> connection.watch(now));
        });
    Duration idle = idle(spec.directory().get().limits());
    idleNanos = idle.toNanos();
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(spec.host())
            // Negative: any free port, and the same one for all loops.
            .setPort(spec.port() == 0 ? -1 : spec.port())
            .setTcpNoDelay(true)
            .setHttp2ClearTextEnabled(false)
            .setStrictThreadMode(true)
            .setPerMessageWebSocketCompressionSupported(false)
            .setPerFrameWebSocketCompressionSupported(false)
            .setHandle100ContinueAutomatically(true)
            .setMaxHeaderSize(LARGEST_HEADERS)
            .setMaxInitialLineLength(LARGEST_LINE)
            .setMaxChunkSize(LARGEST_CHUNK)
            .setIdleTimeout((int) idle.toSeconds())
            .setIdleTimeoutUnit(TimeUnit.SECONDS);
    HttpServer listening =
        vertx
            .createHttpServer(options)
            .connectionHandler(this::takeBefore)
            .invalidRequestHandler(new UnreadableHead(this, LARGEST_HEADERS, LARGEST_LINE))
            .requestHandler(this::accept);
    server = listening;
    return listening.listen().onSuccess(bound -> port = bound.actualPort());
  }

  /// Longer than the longest silence of a live answer.
  private static Duration idle(Limits limits) {
    Duration longest = limits.firstByteTimeout();
    if (limits.idleTimeout().compareTo(longest) > 0) {
      longest = limits.idleTimeout();
    }
    return longest.plus(limits.maxWait()).plusSeconds(30);
  }

  /// Puts ourselves before Vert.x's own handlers.
  private void takeBefore(HttpConnection connection) {
    ((HttpServerConnection) connection)
        .channelHandlerContext()
        .pipeline()
        .addFirst("direct", new DirectConnection(this));
  }

  private void accept(HttpServerRequest request) {
    String path = request.path();
    Headers headers = new VertxHeaders(request.headers());
    if (path != null
        && (isOfData(path)
            ? CrossOrigin.answers(request)
            : isTakenBeside(request, path, headers))) {
      return;
    }
    String id = nextId();
    Endpoint endpoint =
        Endpoints.match(
            request.method().name(), path == null ? "/" : path, request.query(), headers);
    Directory directory = spec.directory().get();
    switch (require(authenticator).authenticate(headers, request.query(), directory, endpoint)) {
      case Authenticator.Known(Directory.Client client) ->
          serve(request, headers, id, endpoint, directory, client);
      case Authenticator.Missing ignored ->
          refuseUnread(
              request,
              endpoint,
              GatewayError.of(
                  GatewayError.Kind.MISSING_CLIENT_KEY,
                  "A client key is needed: send it as `Authorization: Bearer …`, `x-api-key`,"
                      + " `x-goog-api-key` or `?key=`."),
              id);
      case Authenticator.Unknown(String suffix) ->
          refuseUnread(
              request,
              endpoint,
              GatewayError.of(
                  GatewayError.Kind.UNKNOWN_CLIENT_KEY,
                  "Nobody holds the client key ending in `"
                      + suffix
                      + "`. Use a client key of this gateway, not a provider's key."),
              id);
    }
  }

  /// Whether the path begins with a version, as those of the providers do: decided by three
  /// characters, so that the data plane pays nothing for what is served beside it.
  private static boolean isOfData(String path) {
    return path.length() > 3 && path.charAt(1) == 'v' && path.charAt(2) == '1'
        || path.startsWith("/upload/v1")
        || path.startsWith("/download/v1");
  }

  private boolean isTakenBeside(HttpServerRequest request, String path, Headers headers) {
    ControlPlane control = spec.control();
    return require(operators).serve(request, path, headers)
        || (control != null && control.accept(request, path, this::serve));
  }

  /// Serves what the control plane hands over.
  private void serve(
      HttpServerRequest request, String path, @Nullable String query, Directory.Client client) {
    Headers headers = new VertxHeaders(request.headers());
    Endpoint endpoint = Endpoints.match(request.method().name(), path, query, headers);
    String id = nextId();
    serve(request, headers, id, endpoint, spec.directory().get(), client);
    request.resume();
  }

  private void serve(
      HttpServerRequest request,
      Headers headers,
      String id,
      Endpoint endpoint,
      Directory directory,
      Directory.Client client) {
    switch (endpoint) {
      case Endpoint.Found found ->
          new RequestReader(this, request, headers, id, directory, client, found).read();
      case Endpoint.WrongMethod(String allowed, Dialect shape) -> {
        request.response().putHeader("allow", allowed);
        refuseUnread(
            request,
            endpoint,
            GatewayError.of(
                GatewayError.Kind.WRONG_METHOD,
                request.method().name() + " is not possible here; use " + allowed + "."),
            id);
      }
      case Endpoint.Unsupported unsupported ->
          refuseUnread(
              request,
              endpoint,
              GatewayError.of(GatewayError.Kind.UNSUPPORTED_PATH, unsupported.message()),
              id);
    }
  }

  /// Answers a request whose body has not been read to its end, and gives the client a moment to
  /// take the answer before the connection closes.
  void refuseUnread(HttpServerRequest request, Endpoint endpoint, GatewayError error, String id) {
    HttpServerResponse response = request.response();
    Dialect shape = RequestReader.shape(endpoint);
    boolean array = endpoint instanceof Endpoint.Found found && AnswerHeaders.asArray(found);
    response.setStatusCode(error.status());
    List<String> headers = AnswerHeaders.ofError(shape, error, id, 0);
    for (int i = 0; i < headers.size(); i += 2) {
      response.putHeader(headers.get(i), headers.get(i + 1));
    }
    Buffer body = Buffer.buffer(AnswerHeaders.errorBody(shape, array, error, id));
    if (request.isEnded()) {
      response.end(body);
      return;
    }
    boolean unread = RequestReader.announces(request);
    if (unread) {
      response.putHeader("connection", "close");
    }
    request.handler(discarded -> {});
    request.resume();
    response.end(body);
    if (unread) {
      long timer = vertx.setTimer(UNREAD_GRACE.toMillis(), fired -> request.connection().close());
      request.connection().closeHandler(v -> vertx.cancelTimer(timer));
    }
  }

  /// Watches a body that is being read; ends with [#read].
  void reading(RequestReader reader) {
    reading.add(reader);
  }

  void read(RequestReader reader) {
    reading.remove(reader);
  }

  void opened(DirectConnection connection) {
    direct.add(connection);
  }

  void closed(DirectConnection connection) {
    direct.remove(connection);
  }

  /// Runs the action as something that happens on this loop's context.
  void dispatched(Runnable action) {
    ContextInternal context = require(loopContext);
    ContextInternal before = context.beginDispatch();
    try {
      action.run();
    } finally {
      context.endDispatch(before);
    }
  }

  Context context() {
    return require(loopContext);
  }

  HeadNames names() {
    return names;
  }

  HeadText text() {
    return text;
  }

  /// Room for the largest head; whoever uses it is done before the turn ends.
  byte[] scratch() {
    return scratch;
  }

  /// Looks at a silent connection after which it is closed.
  long idleLooks() {
    return idleNanos / BODY_LOOK.toNanos();
  }

  long idleNanos() {
    return idleNanos;
  }

  Directory directory() {
    return spec.directory().get();
  }

  String nextId() {
    return RequestIds.next(ticker().now(), require(random));
  }

  Authenticator.Identity authenticate(Headers headers, @Nullable String query, Directory now) {
    return require(authenticator).authenticate(headers, query, now);
  }

  BodyMemory bodies() {
    return spec.bodies();
  }

  BodySink keptBodies() {
    return spec.keptBodies();
  }

  Ticker ticker() {
    return spec.ticker();
  }

  Dispatcher dispatcher() {
    return require(dispatcher);
  }

  int port() {
    return port;
  }

  int live() {
    Dispatcher running = dispatcher;
    return running == null ? 0 : running.live();
  }

  /// Completes when no exchange is left, or when `grace` is over and those left have been told.
  Future<Void> drain(Duration grace) {
    draining = true;
    Promise<Void> drained = Promise.promise();
    context()
        .runOnContext(v -> {
          HttpServer listening = server;
          if (listening != null) {
            listening.shutdown(grace.toMillis() + 1_000, TimeUnit.MILLISECONDS);
          }
          look(drained, ticker().nanos() + grace.toNanos());
        });
    return drained.future();
  }

  private void look(Promise<Void> drained, long deadlineNanos) {
    if (dispatcher().live() == 0) {
      drained.complete();
    } else if (ticker().nanos() - deadlineNanos >= 0) {
      dispatcher().cut();
      // One more turn, in which the last words are written.
      vertx.setTimer(DRAIN_LOOK.toMillis(), fired -> drained.complete());
    } else {
      vertx.setTimer(DRAIN_LOOK.toMillis(), fired -> look(drained, deadlineNanos));
    }
  }

  private static <T> T require(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("the loop has not started");
    }
    return value;
  }
}
