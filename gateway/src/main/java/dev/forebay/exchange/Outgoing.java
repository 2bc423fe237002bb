package dev.forebay.exchange;

import dev.forebay.dialect.BodyEdits;
import dev.forebay.dialect.CredentialHeader;
import dev.forebay.dialect.Endpoint;
import dev.forebay.dialect.ForeignReasoning;
import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.HeadScan;
import dev.forebay.dialect.HeadScanner;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.RequestHead;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.SliceInputStream;
import dev.forebay.dialect.UpstreamHeaders;
import dev.forebay.dialect.Usage;
import dev.forebay.pool.TokenPrice;
import dev.forebay.prices.Cost;
import dev.forebay.prices.Price;
import dev.forebay.secrets.SecretAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A client's request as it goes to the provider: its own bytes but for an aliased model and the
/// usage it is made to ask for, with the provider's credential in place of the caller's.
///
/// Confined to the exchange.
final class Outgoing {

  /// Callers ask for caps that are a hundred times what they get.
  private static final long LIKELY_OUTPUT = 1_000;

  private final ClientRequest request;
  private final Operation operation;
  private final RequestHead head;
  private final String model;
  private final List<String> headers;
  private final String path;
  private final @Nullable Price price;
  private List<Slice> body;
  private long bodyBytes;
  private boolean stripped;

  private Outgoing(
      ClientRequest request, RequestHead head, String model, List<Slice> body, String path) {
    this.request = request;
    this.operation = request.endpoint().operation();
    this.head = head;
    this.model = model;
    this.body = body;
    this.bodyBytes = length(body);
    this.headers = forwarded(request, operation);
    this.path = path;
    this.price = request.directory().price(operation.provider().id(), model);
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

  static Outgoing of(ClientRequest request, RequestHead head) {
    Endpoint.Found endpoint = request.endpoint();
    String model = request.directory().resolve(head.model());
    boolean aliased = !model.equals(head.model());
    List<BodyEdits.Edit> edits =
        BodyEdits.forUpstream(
            head, aliased ? model : null, head.stream() && endpoint.operation().asksForUsage());
    List<Slice> body = edits.isEmpty() ? request.body() : BodyEdits.apply(request.body(), edits);
    if (aliased && endpoint.model() != null) {
      endpoint = endpoint.withModel(model);
    }
    return new Outgoing(request, head, model, body, endpoint.upstreamPath());
  }

  /// The request for one key.
  UpstreamRequest to(UpstreamKey key) {
    CredentialHeader credential = CredentialHeader.of(operation);
    List<String> all = new ArrayList<>(headers.size() + 2);
    all.addAll(headers);
    all.add(credential.header());
    all.add(credential.value(key.secret().reveal(SecretAccess.granted())));
    return new UpstreamRequest(
        key.origin(),
        request.method(),
        key.origin().prefix() + path,
        all,
        body,
        bodyBytes,
        request.directory().limits());
  }

  /// Takes the reasoning of another account out of the conversation; false when there is none, or
  /// when it has been done before.
  boolean strip() {
    if (stripped) {
      return false;
    }
    stripped = true;
    List<BodyEdits.Edit> edits = ForeignReasoning.edits(operation, new SliceInputStream(body));
    if (edits == null) {
      return false;
    }
    body = BodyEdits.apply(body, edits);
    bodyBytes = length(body);
    return true;
  }

  /// The model as the client named it.
  String requestedModel() {
    return head.model();
  }

  /// The model the provider is asked for.
  String model() {
    return model;
  }

  /// The model whose pool serves: none for questions about models, which any key can answer.
  String pooledModel() {
    return operation.body() == Operation.Body.NO_BODY ? "" : model;
  }

  boolean stream() {
    return head.stream();
  }

  /// Whether the usage in the stream is ours and not the client's to see.
  boolean hidesUsage() {
    return head.stream() && operation.asksForUsage() && !head.usageAsked();
  }

  long inputTokens() {
    return operation.billsTokens() ? head.inputTokens() : 0;
  }

  long outputCap() {
    return operation.billsTokens() ? head.outputCap() : 0;
  }

  /// What a token of it costs, as far as can be told beforehand.
  TokenPrice tokenPrice() {
    return price == null || !operation.billsTokens()
        ? TokenPrice.UNKNOWN
        : price.expected(head.inputTokens());
  }

  /// What that usage of it costs; null when there is some and nobody knows the price.
  @Nullable Cost cost(Usage used) {
    if (used.total() == 0) {
      return Cost.ZERO;
    }
    return price == null ? null : price.of(used);
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

  /// Whether the answer creates or continues something that only one account holds.
  boolean leavesResource() {
    if (operation == Operation.RESPONSES || head.owned() != null) {
      return true;
    }
    String beta = operation == Operation.MESSAGES ? request.headers().get("anthropic-beta") : null;
    return beta != null && beta.contains("message-threads");
  }

  private static List<String> forwarded(ClientRequest request, Operation operation) {
    List<String> headers = new ArrayList<>(32);
    String connection = request.headers().get("connection");
    request
        .headers()
        .each((name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (UpstreamHeaders.forwardRequest(operation.provider(), lower)
              && (connection == null || !UpstreamHeaders.namedByConnection(connection, lower))) {
            headers.add(name);
            headers.add(value);
          }
        });
    // Usage has to be read from the answer, so it must come uncompressed.
    headers.add("accept-encoding");
    headers.add("identity");
    return headers;
  }

  private static long length(List<Slice> slices) {
    long sum = 0;
    for (int i = 0; i < slices.size(); i++) {
      sum += slices.get(i).length();
    }
    return sum;
  }
}
