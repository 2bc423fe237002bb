package dev.forebay.transport.server;

import dev.forebay.dialect.Endpoint;
import dev.forebay.dialect.Endpoints;
import dev.forebay.dialect.GatewayError;
import dev.forebay.transport.wire.VertxHeaders;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;

/// Answers a request whose head cannot be read, in the dialect that its path speaks. Event loop
/// only.
record UnreadableHead(Loop loop, int largestHeaders, int largestLine)
    implements Handler<HttpServerRequest> {

  @Override
  public void handle(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    String path = request.path();
    Endpoint endpoint =
        Endpoints.match(
            request.method().name(),
            path == null ? "/" : path,
            null,
            new VertxHeaders(request.headers()));
    loop.refuseUnread(request, endpoint, error(cause), loop.nextId());
    request.connection().close();
  }

  private GatewayError error(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException ignored -> tooLarge("The request line", largestLine);
      case TooLongHttpHeaderException ignored -> tooLarge("The headers", largestHeaders);
      case null, default ->
          GatewayError.of(GatewayError.Kind.INVALID_REQUEST, "The request is not valid HTTP/1.1.");
    };
  }

  private static GatewayError tooLarge(String what, int most) {
    return GatewayError.of(
        GatewayError.Kind.HEADERS_TOO_LARGE,
        what + " may have " + most + " bytes at most; send less.");
  }
}
