package dev.forebay.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Providers behind TLS, with a certificate that the process trusts or does not.
@Timeout(300)
class TlsTest {

  private static final String PASSWORD = "test-password";

  private static final String ANSWER =
      """
      {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"gpt-6-sol","choices":[\
      {"index":0,"message":{"role":"assistant","content":"over TLS"},"finish_reason":"stop"}],\
      "usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}\
      """;

  @TempDir private Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private int port;

  @BeforeEach
  void startProvider() throws Exception {
    keytool(
        "-genkeypair -alias provider -keyalg EC -validity 2 -dname CN=localhost"
            + " -ext san=dns:localhost -storetype PKCS12 -keystore provider.p12");
    keytool("-exportcert -alias provider -keystore provider.p12 -file provider.cer");
    keytool("-importcert -noprompt -alias provider -file provider.cer -keystore trusted.p12");
    HttpServer provider =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setKeyCertOptions(
                        new PfxOptions()
                            .setPath(folder.resolve("provider.p12").toString())
                            .setPassword(PASSWORD)))
            .requestHandler(request ->
                request
                    .body()
                    .onSuccess(body ->
                        request
                            .response()
                            .putHeader("content-type", "application/json")
                            .end(ANSWER)))
            .listen(0)
            .await();
    port = provider.actualPort();
  }

  @AfterEach
  void stop() {
    client.close();
    vertx.close().await();
  }

  private void keytool(String arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ")));
    command.addAll(List.of("-storepass", PASSWORD));
    Path log = folder.resolve("keytool.log");
    int status =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    assertThat(status).as(() -> read(log)).isZero();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  private HttpResponse<String> ask(String host, List<String> options) throws Exception {
    Files.writeString(
        folder.resolve("forebay.yaml"),
        """
        listen: 127.0.0.1:0
        clientKeys: [{ key: fb-test }]
        keys: [{ provider: openai, secret: sk-a, baseUrl: "https://%s:%d" }]
        """
            .formatted(host, port));
    try (ServeProcess process = ServeProcess.start(folder, options, "serve")) {
      String url = process.find("listening +(http\\S+)");
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + "/v1/chat/completions"))
              .header("authorization", "Bearer fb-test")
              .header("content-type", "application/json")
              .POST(
                  HttpRequest.BodyPublishers.ofString("{\"model\":\"gpt-6-sol\",\"messages\":[]}"))
              .build();
      // The second one travels over the connection of the first.
      client.send(request, HttpResponse.BodyHandlers.ofString());
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  private List<String> trusting() {
    return List.of(
        "-Djavax.net.ssl.trustStore=" + folder.resolve("trusted.p12"),
        "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
  }

  @Test
  void aProviderWithATrustedCertificateAnswers() throws Exception {
    HttpResponse<String> answer = ask("localhost", trusting());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(ANSWER);
  }

  @Test
  void aProviderWithAStrangersCertificateGetsNothing() throws Exception {
    HttpResponse<String> answer = ask("localhost", List.of());

    assertThat(answer.statusCode()).isGreaterThanOrEqualTo(500);
    assertThat(answer.body()).contains("TLS");
  }

  @Test
  void aCertificateForAnotherHostIsRefused() throws Exception {
    HttpResponse<String> answer = ask("127.0.0.1", trusting());

    assertThat(answer.statusCode()).isGreaterThanOrEqualTo(500);
    assertThat(answer.body()).contains("TLS");
  }
}
