package dev.forebay.transport.admin;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The console's files: read once from the class path, then served from memory. Thread-safe.
///
/// Files under `/assets/` have the hash of their content in their name and never change; the page
/// itself is asked for again every time, because it names them.
final class Assets {

  private static final String ROOT = "console";
  private static final String HASHED = "/assets/";

  private static final String ABSENT =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><title>Forebay</title>
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <style nonce="__CSP_NONCE__">
      :root { color-scheme: light dark }
      body { font: 16px/1.6 system-ui, sans-serif; max-width: 40rem; margin: 15vh auto; padding: 0 1rem }
      </style></head>
      <body><h1>The console is not part of this build</h1>
      <p>Forebay runs and answers requests. This build was made without the module <code>console</code>;
      build it with Maven from the root of the sources to get the pages.</p>
      <p>The API is there: see <a href="/api/docs">its documentation</a>.</p></body></html>
      """;

  private final ClassLoader loader;
  private final Offload offload;
  private final RandomGenerator random;
  private final Map<String, Optional<Asset>> files = new ConcurrentHashMap<>();
  private volatile @Nullable Page index;

  /// @param random unguessable, and safe to share between threads
  Assets(ClassLoader loader, Offload offload, RandomGenerator random) {
    this.loader = loader;
    this.offload = offload;
    this.random = random;
  }

  /// The page of every path of the console: it reads the path itself.
  void page(HttpServerRequest request) {
    Page known = index;
    if (known != null) {
      known.answer(request);
    } else {
      offload.then(request, this::readIndex, page -> page.answer(request));
    }
  }

  private Page readIndex() {
    Asset html = Asset.read(loader, ROOT + "/index.html");
    Page page = new Page(html == null ? ABSENT : html.plain().toString(), random);
    index = page;
    return page;
  }

  /// A file that does not depend on who asks.
  void file(HttpServerRequest request, String path) {
    Optional<Asset> known = files.get(path);
    if (known != null) {
      answer(request, path, known.orElse(null));
    } else {
      Supplier<Optional<Asset>> read = () -> read(path);
      offload.then(request, read, asset -> answer(request, path, asset.orElse(null)));
    }
  }

  private Optional<Asset> read(String path) {
    Asset asset = path.contains("..") ? null : Asset.read(loader, ROOT + path);
    Optional<Asset> found = Optional.ofNullable(asset);
    if (asset != null) {
      // What is not there is not remembered: anybody can ask for any name.
      files.put(path, found);
    }
    return found;
  }

  private static void answer(HttpServerRequest request, String path, @Nullable Asset asset) {
    SecurityHeaders.data(request);
    HttpServerResponse response = request.response();
    if (asset == null) {
      response
          .setStatusCode(404)
          .putHeader("content-type", "text/plain; charset=utf-8")
          .putHeader("cache-control", "no-store")
          .end("there is no such file\n");
      return;
    }
    String accepted = request.getHeader("accept-encoding");
    String encoding = "";
    Buffer body = asset.plain();
    Buffer brotli = asset.brotli();
    Buffer gzip = asset.gzip();
    if (brotli != null && accepts(accepted, "br")) {
      encoding = "br";
      body = brotli;
    } else if (gzip != null && accepts(accepted, "gzip")) {
      encoding = "gzip";
      body = gzip;
    }
    String tag = '"' + asset.tag() + (encoding.isEmpty() ? "" : "-" + encoding) + '"';
    response
        .putHeader("etag", tag)
        .putHeader("vary", "accept-encoding")
        .putHeader(
            "cache-control",
            path.startsWith(HASHED) ? "public, max-age=31536000, immutable" : "no-cache");
    if (matches(request.getHeader("if-none-match"), tag)) {
      response.setStatusCode(304).end();
      return;
    }
    response
        .putHeader("content-type", asset.type())
        .putHeader("content-length", Integer.toString(body.length()));
    if (!encoding.isEmpty()) {
      response.putHeader("content-encoding", encoding);
    }
    if (request.method() == HttpMethod.HEAD) {
      response.end();
    } else {
      response.end(body);
    }
  }

  private static boolean accepts(@Nullable String accepted, String encoding) {
    if (accepted == null) {
      return false;
    }
    for (String one : accepted.split(",")) {
      String[] parts = one.strip().split(";", 2);
      if (parts[0].strip().equalsIgnoreCase(encoding)) {
        return parts.length == 1 || !parts[1].strip().matches("q=0(\\.0*)?");
      }
    }
    return false;
  }

  private static boolean matches(@Nullable String known, String tag) {
    if (known == null) {
      return false;
    }
    for (String one : known.split(",")) {
      String candidate = one.strip();
      if (candidate.equals("*") || candidate.equals(tag) || candidate.equals("W/" + tag)) {
        return true;
      }
    }
    return false;
  }
}
