package dev.forebay.transport.server;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.Endpoint;
import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.Slice;
import dev.forebay.exchange.ClientRequest;
import dev.forebay.exchange.Directory;
import dev.forebay.exchange.Exchange;
import dev.forebay.exchange.Headers;
import dev.forebay.transport.wire.Buffers;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one request's body within the limits and hands the whole to the dispatcher. Event loop
/// only.
final class RequestReader {

  private final Loop loop;
  private final HttpServerRequest request;
  private final Headers headers;
  private final String id;
  private final Directory directory;
  private final Directory.Client client;
  private final Endpoint.Found endpoint;
  private final long arrivedNanos;
  private final List<Slice> body = new ArrayList<>(2);
  private long bodyBytes;
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
  }

  void read() {
    String announced = headers.get("content-length");
    if (announced != null && tooLarge(announced)) {
      refuseLarge(announced + " bytes");
      return;
    }
    request.handler(this::chunk);
    request.endHandler(v -> whole());
    request.exceptionHandler(e -> over());
    loop.reading(this);
  }

  private boolean tooLarge(String announced) {
    try {
      return Long.parseLong(announced) > directory.limits().maxBodyBytes();
    } catch (NumberFormatException e) {
      // The HTTP decoder refuses what is no number; more digits than a long has are too many bytes.
      return true;
    }
  }

  private void chunk(Buffer buffer) {
    if (over) {
      return;
    }
    bodyBytes += buffer.length();
    if (bodyBytes > directory.limits().maxBodyBytes()) {
      refuseLarge("more than " + directory.limits().maxBodyBytes() + " bytes");
      return;
    }
    body.add(Buffers.slice(buffer));
  }

  private void refuseLarge(String size) {
    body.clear();
    refuse(
        GatewayError.of(
            GatewayError.Kind.BODY_TOO_LARGE,
            "The request body has "
                + size
                + "; the limit is "
                + directory.limits().maxBodyBytes()
                + ". Send less, or raise maxBody in the configuration."));
  }

  /// Refuses a body that takes too long.
  void watch(long nowNanos) {
    if (nowNanos - arrivedNanos <= directory.limits().bodyTimeout().toNanos()) {
      return;
    }
    refuse(
        GatewayError.of(
            GatewayError.Kind.BODY_TIMEOUT,
            "The request body did not arrive within "
                + directory.limits().bodyTimeout().toSeconds()
                + " s; "
                + bodyBytes
                + " bytes came. Send it again."));
  }

  private void refuse(GatewayError error) {
    if (over) {
      return;
    }
    over();
    loop.refuseUnread(request, endpoint, error, id);
  }

  private void whole() {
    if (over) {
      return;
    }
    over();
    VertxCaller caller = new VertxCaller(request, loop.context());
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
                caller);
    caller.serves(exchange);
  }

  private void over() {
    over = true;
    loop.read(this);
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
