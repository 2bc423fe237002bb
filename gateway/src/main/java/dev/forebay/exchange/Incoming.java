package dev.forebay.exchange;

import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.HeadScan;
import dev.forebay.dialect.HeadScanner;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.RequestHead;
import dev.forebay.dialect.Slice;
import org.jspecify.annotations.Nullable;

/// A client's request and what was read of it. Confined to the exchange.
final class Incoming {

  /// Callers ask for caps that are a hundred times what they get.
  private static final long LIKELY_OUTPUT = 1_000;

  private static final String FALLBACK = "x-forebay-fallback";
  private static final String STRICT = "x-forebay-strict";

  final ClientRequest request;
  final Operation operation;
  final RequestHead head;
  private @Nullable Slice whole;

  Incoming(ClientRequest request, RequestHead head) {
    this.request = request;
    this.operation = request.endpoint().operation();
    this.head = head;
  }

  /// Reads what must be known of the request.
  static HeadScan scan(ClientRequest request) {
    Operation operation = request.endpoint().operation();
    String pathModel = request.endpoint().model();
    if (operation.body() == Operation.Body.NO_BODY) {
      return new HeadScan.Scanned(RequestHead.bodiless(pathModel == null ? "" : pathModel));
    }
    return HeadScanner.scan(
        operation,
        request.headers().get("content-type"),
        request.body(),
        pathModel,
        operation == Operation.STREAM_GENERATE_CONTENT);
  }

  Directory directory() {
    return request.directory();
  }

  /// The model as the client named it.
  String model() {
    return head.model();
  }

  boolean stream() {
    return head.stream();
  }

  /// The body in one piece.
  Slice body() {
    Slice joined = whole;
    if (joined == null) {
      joined = Slice.joined(request.body());
      whole = joined;
    }
    return joined;
  }

  /// Where the request may be served; an [IllegalArgumentException] says what is wrong with the
  /// client's own wishes.
  Route route() {
    String wish = operation.translates() ? request.headers().get(FALLBACK) : null;
    Route route =
        directory()
            .route(
                operation,
                head.model(),
                request.client(),
                wish == null ? null : StandIns.parse(wish));
    // What builds on a stored resource can be served by its owner only.
    return route.targets().size() > 1 && head.owned() != null ? route.first() : route;
  }

  /// Whether a translation that loses something is to be refused.
  boolean strict(Route route) {
    String wish = request.headers().get(STRICT);
    return wish == null ? route.strict() : wish.strip().equalsIgnoreCase("true");
  }

  /// What the request is expected to use before anything is known of its answer.
  long likelyTokens() {
    if (!operation.billsTokens()) {
      return 0;
    }
    long cap = head.outputCap();
    return head.inputTokens() + (cap < 0 ? LIKELY_OUTPUT : Math.min(cap, LIKELY_OUTPUT));
  }

  /// The stored resource that the request builds on, or null.
  @Nullable String ownedResource() {
    return head.ownedResource();
  }

  /// The clean refusal for a conversation whose owner cannot serve: the client sends it whole
  /// instead. Null when the request names no conversation that can be sent whole.
  @Nullable GatewayError notFound() {
    RequestHead.Owned owned = head.owned();
    return owned == null
        ? null
        : switch (owned.kind()) {
          case PREVIOUS_RESPONSE, CONVERSATION ->
              GatewayError.of(
                  GatewayError.Kind.PREVIOUS_RESPONSE_NOT_FOUND,
                  "Previous response with id '"
                      + owned.id()
                      + "' is held by an account that cannot serve now. Send the whole input.");
          case THREAD ->
              GatewayError.of(
                  GatewayError.Kind.THREAD_NOT_FOUND,
                  "The thread of '"
                      + owned.id()
                      + "' is held by an account that cannot serve now. Send the whole history.");
          case CACHED_CONTENT, FILE, VECTOR_STORE, CONTAINER, PROMPT, ITEM -> null;
        };
  }
}
