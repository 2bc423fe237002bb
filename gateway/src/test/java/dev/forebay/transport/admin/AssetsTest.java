package dev.forebay.transport.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AssetsTest {

  @TempDir private Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http = HttpClient.newHttpClient();
  private HttpServer server;

  @BeforeEach
  void serve() throws Exception {
    URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null);
    Assets assets = new Assets(loader, new Offload(threads), new SplittableRandom(1));
    server =
        vertx
            .createHttpServer()
            .requestHandler(request -> {
              String path = Objects.requireNonNull(request.path());
              if (path.contains(".")) {
                assets.file(request, path);
              } else {
                assets.page(request);
              }
            })
            .listen(0, "127.0.0.1")
            .await();
  }

  @AfterEach
  void stop() {
    vertx.close().await();
    threads.close();
  }

  private void file(String name, String text) throws Exception {
    Path path = folder.resolve("console").resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void everyAnswerHasAPageWithItsOwnNonce() throws Exception {
    file(
        "index.html",
        "<meta name=\"csp-nonce\" content=\"__CSP_NONCE__\"><style nonce=\"__CSP_NONCE__\">");
    HttpResponse<String> first = get("/keys");
    HttpResponse<String> second = get("/keys");
    String policy = header(first, "content-security-policy");
    Matcher nonce = Pattern.compile("'nonce-([^']+)'").matcher(policy);
    assertThat(nonce.find()).isTrue();
    assertThat(first.body())
        .isEqualTo(
            "<meta name=\"csp-nonce\" content=\"%1$s\"><style nonce=\"%1$s\">"
                .formatted(nonce.group(1)));
    assertThat(first.body()).isNotEqualTo(second.body());
    assertThat(policy)
        .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(header(first, "cache-control")).isEqualTo("no-store");
    assertThat(header(first, "x-content-type-options")).isEqualTo("nosniff");
    assertThat(header(first, "referrer-policy")).isEqualTo("no-referrer");
    assertThat(header(first, "cross-origin-opener-policy")).isEqualTo("same-origin");
    assertThat(header(first, "permissions-policy")).contains("camera=()");
    assertThat(header(first, "strict-transport-security")).isEmpty();
    assertThat(header(get("/", "x-forwarded-proto", "https"), "strict-transport-security"))
        .isNotEmpty();
  }

  @Test
  void filesComeCompressedAndAreAskedForOnce() throws Exception {
    file("assets/app-1a2b.js", "plain");
    file("assets/app-1a2b.js.gz", "gzipped");
    file("assets/app-1a2b.js.br", "brotli");
    HttpResponse<String> brotli = get("/assets/app-1a2b.js", "accept-encoding", "gzip, br");
    assertThat(brotli.body()).isEqualTo("brotli");
    assertThat(header(brotli, "content-encoding")).isEqualTo("br");
    assertThat(header(brotli, "content-type")).startsWith("text/javascript");
    assertThat(header(brotli, "cache-control")).contains("immutable");
    assertThat(header(brotli, "vary")).isEqualTo("accept-encoding");
    assertThat(get("/assets/app-1a2b.js", "accept-encoding", "gzip, br;q=0").body())
        .isEqualTo("gzipped");
    HttpResponse<String> plain = get("/assets/app-1a2b.js");
    assertThat(plain.body()).isEqualTo("plain");
    assertThat(header(plain, "etag")).isNotEqualTo(header(brotli, "etag"));
    HttpResponse<String> known = get("/assets/app-1a2b.js", "if-none-match", header(plain, "etag"));
    assertThat(known.statusCode()).isEqualTo(304);
    assertThat(known.body()).isEmpty();
  }

  @Test
  void nothingButTheConsolesFilesIsServed() throws Exception {
    file("favicon.svg", "<svg/>");
    file("../secret.txt", "secret");
    assertThat(get("/favicon.svg").statusCode()).isEqualTo(200);
    assertThat(header(get("/favicon.svg"), "cache-control")).isEqualTo("no-cache");
    assertThat(get("/assets/nothing.js").statusCode()).isEqualTo(404);
    assertThat(get("/assets/..%2f..%2fsecret.txt").statusCode()).isEqualTo(404);
    assertThat(get("/..%5csecret.txt").statusCode()).isEqualTo(404);
  }

  @Test
  void aBuildWithoutTheConsoleSaysSo() throws Exception {
    HttpResponse<String> page = get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("not part of this build").doesNotContain("__CSP_NONCE__");
  }
}
