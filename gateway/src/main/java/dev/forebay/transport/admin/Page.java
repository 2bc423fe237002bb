package dev.forebay.transport.admin;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// An HTML page that carries a fresh nonce in every answer. Thread-safe.
final class Page {

  /// What stands for the nonce in the page's text.
  static final String NONCE = "__CSP_NONCE__";

  private static final int NONCE_BYTES = 18;

  private final List<String> parts;
  private final RandomGenerator random;

  /// @param random unguessable, and safe to share between threads
  Page(String html, RandomGenerator random) {
    this.parts = List.of(html.split(Pattern.quote(NONCE), -1));
    this.random = random;
  }

  void answer(HttpServerRequest request) {
    byte[] chance = new byte[NONCE_BYTES];
    random.nextBytes(chance);
    String nonce = Base64.getEncoder().encodeToString(chance);
    Buffer body = Buffer.buffer(String.join(nonce, parts));
    SecurityHeaders.page(request, nonce);
    request
        .response()
        .putHeader("content-type", "text/html; charset=utf-8")
        .putHeader("cache-control", "no-store")
        .putHeader("content-length", Integer.toString(body.length()));
    if (request.method() == HttpMethod.HEAD) {
      request.response().end();
    } else {
      request.response().end(body);
    }
  }
}
