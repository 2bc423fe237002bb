package dev.forebay.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A provider that answers each key what the test has written for it.
///
/// A key's replies are used up in order; the last one stays. Thread-safe.
public final class ScriptedProvider implements AutoCloseable {

  private final Vertx vertx;
  private final HttpServer server;
  private final Map<String, Deque<Reply>> scripts = new ConcurrentHashMap<>();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final CountDownLatch aborted = new CountDownLatch(1);

  private ScriptedProvider(Vertx vertx) {
    this.vertx = vertx;
    this.server = vertx.createHttpServer();
  }

  public static ScriptedProvider start(Vertx vertx) {
    ScriptedProvider provider = new ScriptedProvider(vertx);
    provider.server.requestHandler(provider::serve);
    provider.server.listen(0, "127.0.0.1").await();
    return provider;
  }

  public int port() {
    return server.actualPort();
  }

  /// What one request carried.
  public record Received(
      String key, String method, String uri, Map<String, String> headers, byte[] body) {
    public String text() {
      return new String(body, java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  /// One way to answer.
  public interface Reply {
    void to(Vertx vertx, HttpServerRequest request);
  }

  /// Sets what `secret` is answered from now on.
  public ScriptedProvider on(String secret, Reply... replies) {
    scripts.put(secret, new ArrayDeque<>(List.of(replies)));
    return this;
  }

  /// Everything that arrived, in order.
  public List<Received> received() {
    return List.copyOf(received);
  }

  /// The keys that were used, in order.
  public List<String> keys() {
    return received.stream().map(Received::key).toList();
  }

  /// Whether some answer's connection was closed from the other side, waiting up to ten seconds.
  public boolean sawAbort() throws InterruptedException {
    return aborted.await(10, TimeUnit.SECONDS);
  }

  private void serve(HttpServerRequest request) {
    request.response().exceptionHandler(e -> aborted.countDown());
    request
        .body()
        .onSuccess(body -> {
          String key = key(request);
          Map<String, String> headers = new ConcurrentHashMap<>();
          request
              .headers()
              .forEach(
                  h -> headers.put(h.getKey().toLowerCase(java.util.Locale.ROOT), h.getValue()));
          received.add(
              new Received(key, request.method().name(), request.uri(), headers, body.getBytes()));
          Deque<Reply> script = scripts.get(key);
          Reply reply;
          if (script == null) {
            reply = status(401, "{\"error\":{\"message\":\"nothing scripted for " + key + "\"}}");
          } else {
            synchronized (script) {
              reply = script.size() > 1 ? script.removeFirst() : script.getFirst();
            }
          }
          reply.to(vertx, request);
        });
  }

  private static String key(HttpServerRequest request) {
    String authorization = request.getHeader("authorization");
    if (authorization != null) {
      return authorization.substring("Bearer ".length());
    }
    String key = request.getHeader("x-api-key");
    if (key == null) {
      key = request.getHeader("x-goog-api-key");
    }
    return key == null ? "" : key;
  }

  @Override
  public void close() {
    server.close().await();
  }

  // Replies.

  /// A whole JSON answer; headers alternate name and value.
  public static Reply status(int status, String json, String... headers) {
    return (vertx, request) -> {
      HttpServerResponse response = request.response().setStatusCode(status);
      response.putHeader("content-type", "application/json");
      for (int i = 0; i < headers.length; i += 2) {
        response.putHeader(headers[i], headers[i + 1]);
      }
      response.end(json);
    };
  }

  /// A whole answer of any kind.
  public static Reply bytes(int status, byte[] body, String... headers) {
    return (vertx, request) -> {
      HttpServerResponse response = request.response().setStatusCode(status);
      for (int i = 0; i < headers.length; i += 2) {
        response.putHeader(headers[i], headers[i + 1]);
      }
      response.end(Buffer.buffer(body));
    };
  }

  /// How a scripted stream goes on after its last piece.
  public enum Ending {
    /// The body ends properly.
    CLEAN,
    /// The connection is closed in the middle of the body.
    RESET,
    /// Nothing more comes.
    SILENT
  }

  /// A stream of the given pieces, each written by itself.
  public static Reply stream(String contentType, Ending ending, String... pieces) {
    return stream(contentType, ending, Duration.ZERO, pieces);
  }

  /// A stream whose pieces come `pace` apart.
  public static Reply stream(String contentType, Ending ending, Duration pace, String... pieces) {
    return (vertx, request) -> {
      HttpServerResponse response = request.response();
      response.putHeader("content-type", contentType).setChunked(true);
      List<String> left = new ArrayList<>(List.of(pieces));
      next(vertx, request, left, ending, pace);
    };
  }

  private static void next(
      Vertx vertx, HttpServerRequest request, List<String> left, Ending ending, Duration pace) {
    if (request.response().closed()) {
      return;
    }
    if (left.isEmpty()) {
      switch (ending) {
        case CLEAN -> request.response().end();
        case RESET -> request.connection().close();
        case SILENT -> {}
      }
      return;
    }
    request
        .response()
        .write(left.removeFirst())
        .onSuccess(written -> {
          if (pace.isZero()) {
            next(vertx, request, left, ending, pace);
          } else {
            vertx.setTimer(pace.toMillis(), fired -> next(vertx, request, left, ending, pace));
          }
        });
  }

  /// Server-sent events of the given pieces.
  public static Reply sse(Ending ending, String... pieces) {
    return stream("text/event-stream; charset=utf-8", ending, pieces);
  }

  /// Closes the connection without a word.
  public static Reply reset() {
    return (vertx, request) -> request.connection().close();
  }

  /// Never answers.
  public static Reply silence() {
    return (vertx, request) -> {};
  }
}
