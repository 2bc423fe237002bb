package dev.forebay.app.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Waits on this machine for the browser that comes back from Google (RFC 8252, 7.3).
///
/// Only what carries the state of the attempt is taken; whatever else some page sends here is
/// answered and forgotten.
final class Loopback implements AutoCloseable {
  private static final String DONE =
      "Google sent you back. You may close this window and go on in the terminal.\n";
  private static final String NOTHING = "There is nothing here.\n";

  private final HttpServer server;
  private final CompletableFuture<Map<String, String>> answer = new CompletableFuture<>();
  private volatile @Nullable String state;

  private Loopback(HttpServer server) {
    this.server = server;
  }

  /// Begins to listen, on an address that only this machine reaches.
  static Loopback open() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    Loopback loopback = new Loopback(server);
    server.createContext("/", loopback::answer);
    server.start();
    return loopback;
  }

  int port() {
    return server.getAddress().getPort();
  }

  /// What is waited for.
  void expect(String expected) {
    state = expected;
  }

  private void answer(HttpExchange exchange) throws IOException {
    Map<String, String> query = Redirected.query(exchange.getRequestURI().getRawQuery());
    String expected = state;
    boolean wanted =
        exchange.getRequestMethod().equals("GET")
            && expected != null
            && expected.equals(query.get("state"));
    byte[] text = (wanted ? DONE : NOTHING).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("content-type", "text/plain; charset=utf-8");
    exchange.getResponseHeaders().add("cache-control", "no-store");
    exchange.getResponseHeaders().add("referrer-policy", "no-referrer");
    exchange.sendResponseHeaders(wanted ? 200 : 404, text.length);
    exchange.getResponseBody().write(text);
    exchange.close();
    if (wanted) {
      answer.complete(query);
    }
  }

  /// What the browser brought; null when it did not come within that time.
  @Nullable Map<String, String> await(Duration longest) {
    try {
      return answer.get(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      throw new IllegalStateException("nothing completes it but an answer", e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
