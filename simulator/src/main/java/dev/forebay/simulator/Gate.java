package dev.forebay.simulator;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way of every request: read, identified, struck by a fault or answered. Event loop only.
///
/// One origin serves all providers; the path tells them apart, and for `GET /v1/models` the
/// headers.
final class Gate {

  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  private final Vertx vertx;
  private final World world;
  private final Control control;
  private final GoogleDoor google;
  private final Map<Provider, Surface> surfaces = new EnumMap<>(Provider.class);

  Gate(Vertx vertx, World world) {
    this.vertx = vertx;
    this.world = world;
    this.control = new Control(world);
    this.google = new GoogleDoor(vertx, world);
    surfaces.put(Provider.ANTHROPIC, new AnthropicSurface(world));
    surfaces.put(Provider.OPENAI, new OpenAiSurface(world));
    surfaces.put(Provider.GEMINI, new GeminiSurface(world));
  }

  void handle(HttpServerRequest request) {
    if (request.path() != null && request.path().startsWith(Control.PREFIX)) {
      control.handle(request);
      return;
    }
    if (google.serves(request)) {
      google.handle(request);
      return;
    }
    Surface surface = surface(provider(request));
    String announced = request.getHeader("content-length");
    if (announced != null && length(announced) > surface.maxBodyBytes()) {
      refuseLarge(surface, request);
      return;
    }
    // Room for all of it at once, when its length is known.
    Buffer body = announced == null ? Buffer.buffer() : Buffer.buffer(length(announced));
    request.handler(chunk -> {
      if (body.length() + (long) chunk.length() > surface.maxBodyBytes()) {
        request.handler(null);
        request.endHandler(null);
        refuseLarge(surface, request);
      } else {
        body.appendBuffer(chunk);
      }
    });
    request.endHandler(_ -> received(surface, request, body.getBytes()));
  }

  private static int length(String announced) {
    try {
      return (int) Math.min(Integer.MAX_VALUE, Math.max(0, Long.parseLong(announced.trim())));
    } catch (NumberFormatException notANumber) {
      return 0;
    }
  }

  private Surface surface(Provider provider) {
    Surface surface = surfaces.get(provider);
    if (surface == null) {
      throw new IllegalStateException("provider: " + provider + " has no surface");
    }
    return surface;
  }

  private static Provider provider(HttpServerRequest request) {
    String path = request.path() == null ? "" : request.path();
    if (path.startsWith("/v1beta")
        || path.startsWith("/v1alpha")
        || GeminiStorage.transfers(path)) {
      return Provider.GEMINI;
    }
    if (path.startsWith("/v1/messages") || path.equals("/v1/complete")) {
      return Provider.ANTHROPIC;
    }
    if (path.startsWith("/v1/files") && request.headers().contains("anthropic-version")) {
      return Provider.ANTHROPIC;
    }
    if (path.startsWith("/v1/models")) {
      return modelsProvider(request, path);
    }
    return Provider.OPENAI;
  }

  private static Provider modelsProvider(HttpServerRequest request, String path) {
    MultiMap headers = request.headers();
    if (path.indexOf(':') > 0) {
      return Provider.GEMINI;
    }
    if (headers.contains("anthropic-version") || headers.contains("x-api-key")) {
      return Provider.ANTHROPIC;
    }
    if (headers.contains("x-goog-api-key")
        || headers.contains("x-goog-api-client")
        || headers.contains("x-goog-user-project")
        || request.getParam("key") != null) {
      return Provider.GEMINI;
    }
    return Provider.OPENAI;
  }

  private void refuseLarge(Surface surface, HttpServerRequest request) {
    Call call = new Call(world, request, requestId(surface.provider()), new byte[0]);
    request.response().putHeader("connection", "close");
    refuse(surface, call, surface.tooLarge(), FaultPlan.NONE);
  }

  private void received(Surface surface, HttpServerRequest request, byte[] body) {
    Call call = new Call(world, request, requestId(surface.provider()), body);
    switch (surface.credential(call)) {
      case Credential.Unfit(ApiError error) -> {
        record(call, null);
        refuse(surface, call, error, FaultPlan.NONE);
      }
      case Credential.Shown(String secret) -> {
        record(call, secret);
        KeyAccount key = world.key(surface.provider(), secret);
        if (key == null) {
          refuse(surface, call, surface.unknown(call, secret), FaultPlan.NONE);
        } else {
          identify(call, key);
          guarded(surface, call, () -> identified(surface, call));
        }
      }
      case Credential.Held(KeyAccount key, @Nullable ApiError refusal) -> {
        record(call, key.key().secret());
        identify(call, key);
        if (refusal == null) {
          guarded(surface, call, () -> identified(surface, call));
        } else {
          refuse(surface, call, refusal, FaultPlan.NONE);
        }
      }
    }
  }

  private static void identify(Call call, KeyAccount key) {
    call.identified(key);
    key.counters().requests.increment();
  }

  /// Answers a defect of the simulator as what it is.
  private void guarded(Surface surface, Call call, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException defect) {
      LOG.error("{} {}: the simulator failed", call.method(), call.path(), defect);
      if (!call.request().response().headWritten()) {
        String message = "The simulator itself failed: " + defect;
        refuse(surface, call, new ApiError(500, "api_error", null, message), FaultPlan.NONE);
      }
    }
  }

  private void record(Call call, @Nullable String secret) {
    if (!world.ledger().records()) {
      return;
    }
    HttpServerRequest request = call.request();
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    for (Map.Entry<String, String> header : request.headers()) {
      headers.add(Map.entry(header.getKey(), header.getValue()));
    }
    String query = request.query();
    world
        .ledger()
        .add(
            new ReceivedRequest(
                world.clock().now(),
                call.method(),
                call.path(),
                query == null ? "" : query,
                List.copyOf(headers),
                call.body(),
                secret));
  }

  private void identified(Surface surface, Call call) {
    Opened opened = surface.open(call);
    String model = opened instanceof Opened.Ready(String named, var _) ? named : "";
    FaultPlan plan = world.faults().next(call.key(), model, call.path());
    if (plan.delay().isPositive()) {
      long millis = Math.max(1, plan.delay().toMillis());
      vertx.setTimer(
          millis,
          _ -> {
            call.restart();
            guarded(surface, call, () -> decided(surface, call, opened, model, plan));
          });
    } else {
      decided(surface, call, opened, model, plan);
    }
  }

  private void decided(Surface surface, Call call, Opened opened, String model, FaultPlan plan) {
    Fault refusal = plan.refusal();
    if (refusal instanceof Fault.Status status) {
      sendStatus(surface, call, status, plan);
    } else if (refusal != null) {
      refuse(surface, call, FaultErrors.of(call, model, refusal), plan);
    } else if (plan.ending() instanceof Fault.ResetBeforeHeaders) {
      call.key().counters().broken.increment();
      Player.reset(call.request());
    } else {
      Reply reply =
          switch (opened) {
            case Opened.Refused(ApiError error) -> new Reply.Refused(error);
            case Opened.Ready ready -> ready.answer().get();
          };
      send(surface, call, reply, plan);
    }
  }

  private void send(Surface surface, Call call, Reply reply, FaultPlan plan) {
    switch (reply) {
      case Reply.Refused(ApiError error) -> refuse(surface, call, error, plan);
      case Reply.Whole whole -> {
        Playback playback = Playback.of(whole, call.pace());
        if (plan.disturbs()) {
          playback = PlaybackEditor.edit(playback, plan, insideError(surface, call, plan));
        }
        play(surface, call, whole.contentType(), playback);
      }
      case Reply.Streamed streamed ->
          stream(
              surface,
              call,
              streamed.contentType(),
              Playback.of(streamed, call.pace()),
              streamed.errors(),
              plan);
      case Reply.Prepared(String type, Playback playback, ErrorEvents errors) ->
          stream(surface, call, type, playback, errors, plan);
    }
  }

  private void stream(
      Surface surface,
      Call call,
      String contentType,
      Playback playback,
      ErrorEvents errors,
      FaultPlan plan) {
    play(
        surface,
        call,
        contentType,
        plan.disturbs() ? PlaybackEditor.edit(playback, plan, errors) : playback);
  }

  private static Buffer insideError(Surface surface, Call call, FaultPlan plan) {
    StreamError kind =
        plan.ending() instanceof Fault.ErrorInsideStream(int _, StreamError named)
            ? named
            : StreamError.SERVER_ERROR;
    return surface.errorBody(call, FaultErrors.inside(surface.provider(), kind));
  }

  private void play(Surface surface, Call call, String contentType, Playback playback) {
    HttpServerResponse response = call.request().response();
    if (response.closed()) {
      Player.leftBefore(call);
      return;
    }
    surface.identify(call, response.headers());
    response.putHeader("content-type", contentType);
    new Player(vertx, call, playback).play();
  }

  private void refuse(Surface surface, Call call, ApiError error, FaultPlan plan) {
    HttpServerResponse response = call.request().response();
    if (response.closed()) {
      Player.leftBefore(call);
      return;
    }
    count(call, error.status());
    surface.identify(call, response.headers());
    error.headers().forEach(response::putHeader);
    response.setStatusCode(error.status());
    response.putHeader("content-type", contentType(surface));
    sendBody(call, surface.errorBody(call, error), plan);
  }

  private static String contentType(Surface surface) {
    return surface.provider() == Provider.GEMINI
        ? "application/json; charset=UTF-8"
        : "application/json";
  }

  private void sendStatus(Surface surface, Call call, Fault.Status status, FaultPlan plan) {
    HttpServerResponse response = call.request().response();
    if (response.closed()) {
      Player.leftBefore(call);
      return;
    }
    count(call, status.status());
    surface.identify(call, response.headers());
    response.setStatusCode(status.status());
    response.putHeader("content-type", contentType(surface));
    status.headers().forEach(response::putHeader);
    sendBody(call, Buffer.buffer(status.body()), plan);
  }

  private void sendBody(Call call, Buffer body, FaultPlan plan) {
    Playback playback = Playback.of(new Reply.Whole("", body, 0), call.pace());
    if (plan.disturbs() && plan.ending() == null) {
      playback = PlaybackEditor.edit(playback, plan, body);
    }
    new Player(vertx, call, playback).play();
  }

  private static void count(Call call, int status) {
    KeyAccount key = call.knownKey();
    if (key != null && status >= 300) {
      key.counters().refused(status);
    }
  }

  private String requestId(Provider provider) {
    return switch (provider) {
      case ANTHROPIC -> world.id("req_011C", 20);
      case OPENAI -> world.id("req_", 32);
      case GEMINI -> world.id("", 22);
    };
  }
}
