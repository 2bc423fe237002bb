package dev.forebay.exchange;

import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.HeadScan;
import dev.forebay.dialect.HeadScanner;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.PromptPrefix;
import dev.forebay.dialect.Provider;
import dev.forebay.dialect.RequestHead;
import dev.forebay.dialect.Slice;
import dev.forebay.pool.Conversation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A client's request and what was read of it. Confined to the exchange.
final class Incoming {

  /// Callers ask for caps that are a hundred times what they get.
  private static final long LIKELY_OUTPUT = 1_000;

  private static final String FALLBACK = "x-forebay-fallback";
  private static final String STRICT = "x-forebay-strict";

  /// How long prompts stay cached after a use: Anthropic says so, of Gemini it is a guess.
  private static final Duration SHORT_LIFE = Duration.ofMinutes(5);

  /// OpenAI promises at least so much.
  private static final Duration LONG_LIFE = Duration.ofMinutes(30);

  private static final long FIRST_HASH = 0xCBF29CE484222325L;
  private static final long HASH_PRIME = 0x100000001B3L;

  final ClientRequest request;
  final Operation operation;
  final RequestHead head;
  private @Nullable Slice whole;
  private final long fingerprint;

  /// @param owners know which conversation a request goes on with
  Incoming(ClientRequest request, RequestHead head, Owners owners) {
    this.request = request;
    this.operation = request.endpoint().operation();
    this.head = head;
    this.fingerprint = operation.cachesPrompt() ? fingerprint(request, head, owners) : 0;
  }

  /// What the conversation is known by: the caller's own name for it, what it goes on from, or how
  /// its prompt begins. 0 when it began where nobody saw it: what is new in this turn says nothing.
  private static long fingerprint(ClientRequest request, RequestHead head, Owners owners) {
    PromptPrefix prefix = head.prefix();
    String named = prefix.cacheKey();
    RequestHead.Owned owned = continued(head);
    if (named == null && owned != null) {
      long begun =
          owned.kind() == RequestHead.Owned.Kind.CONVERSATION
              ? hash(FIRST_HASH, owned.id()) | 1
              : owners.conversationOf(owned.id());
      if (begun != 0) {
        return begun;
      }
    }
    if (named == null) {
      named = session(request);
    }
    if (named != null) {
      // What two callers call by one name need not be one thing.
      return hash(hash(FIRST_HASH, request.client().id()), named) | 1;
    }
    return owned == null ? prefix.fingerprint() : 0;
  }

  /// What holds the earlier turns of the conversation; null when the request brings them itself.
  private static RequestHead.@Nullable Owned continued(RequestHead head) {
    RequestHead.Owned owned = head.owned();
    return owned == null
        ? null
        : switch (owned.kind()) {
          case PREVIOUS_RESPONSE, CONVERSATION, THREAD -> owned;
          case CACHED_CONTENT, FILE, VECTOR_STORE, CONTAINER, PROMPT, ITEM -> null;
        };
  }

  private static @Nullable String session(ClientRequest request) {
    String own =
        switch (request.endpoint().operation().dialect()) {
          case ANTHROPIC_MESSAGES -> request.headers().get("x-claude-code-session-id");
          case OPENAI_RESPONSES -> request.headers().get("session-id");
          case OPENAI_CHAT, GEMINI_GENERATE -> null;
        };
    return own == null ? request.headers().get("x-session-affinity") : own;
  }

  private static long hash(long from, String text) {
    long hash = from;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * HASH_PRIME;
    }
    return hash;
  }

  /// The conversation, as the pool of a provider must know it.
  Conversation conversation(Provider provider) {
    if (fingerprint == 0) {
      return Conversation.NONE;
    }
    Duration asked = head.prefix().life();
    return new Conversation(
        fingerprint,
        asked.isPositive() && provider == operation.provider()
            ? asked
            : switch (provider) {
              case ANTHROPIC, GEMINI -> SHORT_LIFE;
              case OPENAI -> LONG_LIFE;
            });
  }

  /// What the prompt cache of the conversation goes by, for whoever goes on from the answer; 0 when
  /// there is none, and when the caller names it, who is to do so in every turn.
  long cachedAs() {
    return head.prefix().keyed() ? 0 : fingerprint;
  }

  /// A `prompt_cache_key` for the conversation; null when the caller gave one, or there is none.
  @Nullable String cacheKey() {
    long cached = cachedAs();
    return cached == 0 ? null : "fb-" + Long.toHexString(cached);
  }

  /// Reads what must be known of the request.
  static HeadScan scan(ClientRequest request) {
    Operation operation = request.endpoint().operation();
    String pathModel = request.endpoint().model();
    if (operation.body() == Operation.Body.NO_BODY || uploads(request)) {
      return new HeadScan.Scanned(RequestHead.bodiless(pathModel == null ? "" : pathModel));
    }
    return HeadScanner.scan(
        operation,
        request.headers().get("content-type"),
        request.body(),
        pathModel,
        operation == Operation.STREAM_GENERATE_CONTENT);
  }

  /// Whether the body is a file, or a piece of one: Google's own library calls pieces JSON.
  private static boolean uploads(ClientRequest request) {
    return request.endpoint().upstreamPath().startsWith("/upload/");
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
    return StoredResources.of(this);
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
