package dev.forebay.transport.server;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.Endpoint;
import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.Slice;
import dev.forebay.exchange.BodySink;
import dev.forebay.exchange.ClientRequest;
import dev.forebay.exchange.Directory;
import dev.forebay.exchange.Exchange;
import dev.forebay.exchange.Headers;
import dev.forebay.exchange.Limits;
import dev.forebay.transport.wire.Buffers;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one request's body within the limits and hands the whole to the dispatcher. Event loop
/// only.
final class RequestReader {

  private static final Duration BUSY_WAIT = Duration.ofSeconds(1);

  private final Loop loop;
  private final HttpServerRequest request;
  private final Headers headers;
  private final String id;
  private final Directory directory;
  private final Directory.Client client;
  private final Endpoint.Found endpoint;
  private final long arrivedNanos;
  private final List<Slice> body = new ArrayList<>(2);
  private long heardNanos;
  private long bodyBytes;
  private long taken;
  private boolean over;

  RequestReader(
      Loop loop,
      HttpServerRequest request,
      Headers headers,
      String id,
      Directory directory,
      Directory.Client client,
      Endpoint.Found endpoint) {
    this.loop = loop;
    this.request = request;
    this.headers = headers;
    this.id = id;
    this.directory = directory;
    this.client = client;
    this.endpoint = endpoint;
    this.arrivedNanos = loop.ticker().nanos();
    this.heardNanos = arrivedNanos;
  }

  void read() {
    long announced = announced();
    if (announced > directory.limits().maxBodyBytes()) {
      refuseLarge(announced == Long.MAX_VALUE ? "too many bytes" : announced + " bytes");
      return;
    }
    if (!take(announced)) {
      return;
    }
    request.handler(this::chunk);
    request.endHandler(v -> whole());
    request.exceptionHandler(e -> broken());
    loop.reading(this);
  }

  private long announced() {
    String length = headers.get("content-length");
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      // The HTTP decoder refuses what is no number; more digits than a long has are too many bytes.
      return Long.MAX_VALUE;
    }
  }

  /// Takes room for more of the body; refuses the request when there is none.
  private boolean take(long bytes) {
    if (loop.bodies().take(bytes)) {
      taken += bytes;
      return true;
    }
    refuse(
        new GatewayError(
            GatewayError.Kind.TOO_BUSY,
            "The request bodies under way fill the memory set aside for them. Send it again in a"
                + " moment, or give the process more memory (FOREBAY_JAVA_OPTS=-Xmx1g).",
            BUSY_WAIT));
    return false;
  }

  private void chunk(Buffer buffer) {
    if (over) {
      return;
    }
    heardNanos = loop.ticker().nanos();
    bodyBytes += buffer.length();
    if (bodyBytes > directory.limits().maxBodyBytes()) {
      refuseLarge("more than " + directory.limits().maxBodyBytes() + " bytes");
      return;
    }
    if (bodyBytes <= taken || take(bodyBytes - taken)) {
      body.add(Buffers.slice(buffer));
    }
  }

  private void refuseLarge(String size) {
    refuse(
        GatewayError.of(
            GatewayError.Kind.BODY_TOO_LARGE,
            "The request body has "
                + size
                + "; the limit is "
                + directory.limits().maxBodyBytes()
                + ". Send less, or raise maxBody in the configuration."));
  }

  /// Refuses a body of which nothing has come for too long.
  void watch(long nowNanos) {
    if (nowNanos - heardNanos <= directory.limits().bodyTimeout().toNanos()) {
      return;
    }
    refuse(bodyTooSlow(directory.limits(), bodyBytes));
  }

  static GatewayError bodyTooSlow(Limits limits, long bytes) {
    return GatewayError.of(
        GatewayError.Kind.BODY_TIMEOUT,
        "Nothing more of the request body came for "
            + limits.bodyTimeout().toSeconds()
            + " s; "
            + bytes
            + " bytes had come. Send it again.");
  }

  private void refuse(GatewayError error) {
    if (over) {
      return;
    }
    over();
    body.clear();
    release();
    loop.refuseUnread(request, endpoint, error, id);
  }

  private void whole() {
    if (over) {
      return;
    }
    over();
    VertxCaller caller = new VertxCaller(request, loop.context(), this::release);
    BodySink sink = loop.keptBodies();
    int most = sink.most();
    Exchange exchange =
        loop.dispatcher()
            .dispatch(
                new ClientRequest(
                    id,
                    directory,
                    client,
                    endpoint,
                    request.method().name(),
                    headers,
                    List.copyOf(body),
                    bodyBytes,
                    arrivedNanos),
                most == 0 ? caller : new KeepingCaller(caller, sink, most, id, body, bodyBytes));
    caller.serves(exchange);
  }

  private void over() {
    over = true;
    loop.read(this);
  }

  /// The client left before its body was whole.
  private void broken() {
    if (!over) {
      over();
      release();
    }
  }

  private void release() {
    loop.bodies().release(taken);
    taken = 0;
  }

  /// Whether a body comes with the request.
  static boolean announces(HttpServerRequest request) {
    String length = request.getHeader("content-length");
    return length != null ? !"0".equals(length) : request.getHeader("transfer-encoding") != null;
  }

  /// The dialect in which errors of this endpoint are written.
  static Dialect shape(@Nullable Endpoint endpoint) {
    return switch (endpoint) {
      case Endpoint.Found found -> found.operation().dialect();
      case Endpoint.Unsupported unsupported -> unsupported.shape();
      case Endpoint.WrongMethod wrong -> wrong.shape();
      case null -> Dialect.OPENAI_CHAT;
    };
  }
}
