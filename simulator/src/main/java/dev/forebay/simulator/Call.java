package dev.forebay.simulator;

import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One request on its way through the simulator. Event loop only.
final class Call {

  private final World world;
  private final HttpServerRequest request;
  private final String path;
  private final String requestId;
  private final byte[] body;
  private long receivedNanos = System.nanoTime();
  private @Nullable KeyAccount key;
  private Headroom headroom = Headroom.UNLIMITED;
  private String group = "";
  private String model = "";
  private boolean metered;
  private final Map<String, String> extra = new LinkedHashMap<>();

  Call(World world, HttpServerRequest request, String requestId, byte[] body) {
    this.world = world;
    this.request = request;
    this.path = request.path() == null ? "" : request.path();
    this.requestId = requestId;
    this.body = body;
  }

  World world() {
    return world;
  }

  HttpServerRequest request() {
    return request;
  }

  String requestId() {
    return requestId;
  }

  byte[] body() {
    return body;
  }

  String path() {
    return path;
  }

  String method() {
    return request.method().name();
  }

  String header(String name) {
    String value = request.getHeader(name);
    return value == null ? "" : value;
  }

  /// [System#nanoTime()] when the whole request was there.
  long receivedNanos() {
    return receivedNanos;
  }

  /// Lets the time of the answer run from now, after a silence that was no part of it.
  void restart() {
    receivedNanos = System.nanoTime();
  }

  void identified(KeyAccount value) {
    key = value;
  }

  @Nullable KeyAccount knownKey() {
    return key;
  }

  /// The key, once it is known.
  KeyAccount key() {
    if (key == null) {
      throw new IllegalStateException("key: asked for before the request was authenticated");
    }
    return key;
  }

  Account account() {
    return key().account();
  }

  /// Asks the limits of the account and the key for room.
  Admission admit(String aGroup, String aModel, Demand demand) {
    group = aGroup;
    model = aModel;
    Admission admission = account().admit(key(), aGroup, aModel, demand);
    headroom = admission.headroom();
    if (admission instanceof Admission.Admitted) {
      metered = true;
      key().counters().inputTokens.add(demand.inputTokens() + demand.cachedTokens());
      key().counters().cacheReadTokens.add(demand.cachedTokens());
    }
    return admission;
  }

  /// How fast this request is answered.
  Pace pace() {
    Pace own = key == null ? null : key.pace();
    return own == null ? world.pace() : own;
  }

  /// Counts output tokens as they are generated.
  void produced(long tokens) {
    if (tokens == 0 || !metered) {
      return;
    }
    key().counters().outputTokens.add(tokens);
    if (!account().unlimited()) {
      // Of the per-minute limits OpenAI's and Gemini's do not know output.
      long minute = account().provider() == Provider.ANTHROPIC ? tokens : 0;
      long day = account().provider() == Provider.OPENAI ? 0 : tokens;
      account().settle(key(), group, model, new Settlement(minute, day, 0, tokens));
    }
  }

  /// A header that only this answer carries.
  void answers(String name, String value) {
    extra.put(name, value);
  }

  Map<String, String> extraHeaders() {
    return extra;
  }

  Headroom headroom() {
    return headroom;
  }
}
