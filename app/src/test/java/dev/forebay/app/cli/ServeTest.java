package dev.forebay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.app.TestTerminal;
import dev.forebay.control.ConfigReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServeTest {
  @TempDir private Path folder;

  private final HttpClient client = HttpClient.newHttpClient();

  /// A running `serve`, ended by closing.
  private static final class Served implements AutoCloseable {
    final TestTerminal terminal = new TestTerminal();
    final Stop stop = new Stop();
    final CompletableFuture<Integer> code;

    Served(String... arguments) {
      code =
          CompletableFuture.supplyAsync(
              () -> ForebayCommand.run(terminal.terminal(), stop, arguments),
              task -> Thread.ofPlatform().start(task));
    }

    String find(String pattern) throws InterruptedException {
      return terminal.awaitOut(pattern, code::isDone);
    }

    @Override
    public void close() {
      stop.request();
      assertThat(code.join()).isZero();
    }
  }

  private Served serve() {
    return new Served(
        "serve", "--listen", "127.0.0.1:0", "--data", folder.resolve("data").toString());
  }

  private HttpResponse<String> get(String url, String key)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(url)).header("authorization", "Bearer " + key).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void theFirstStartMakesAClientKeyAndShowsItOnce() throws Exception {
    String key;
    try (Served first = serve()) {
      String url = first.find("listening +(http\\S+)");
      key = first.find("OPENAI_API_KEY=(fb-\\w+)");
      first.find("(there are no provider keys yet)");
      assertThat(first.terminal.out())
          .contains("export ANTHROPIC_BASE_URL=" + url, "export OPENAI_BASE_URL=" + url + "/v1");
      assertThat(get(url + "/healthz", "").statusCode()).isEqualTo(200);
      assertThat(get(url + "/readyz", "").statusCode()).isEqualTo(200);
      assertThat(get(url + "/v1/models", key).statusCode()).isNotEqualTo(401);
      assertThat(get(url + "/v1/models", "fb-wrong").statusCode()).isEqualTo(401);
    }
    try (Served second = serve()) {
      String url = second.find("listening +(http\\S+)");
      second.find("(client keys +1\\b)");
      assertThat(second.terminal.out()).doesNotContain("fb-");
      assertThat(get(url + "/v1/models", key).statusCode()).isNotEqualTo(401);
    }
  }

  @Test
  void aSimulatorSaysHowAGatewayFindsItsGoogle() throws Exception {
    Path specification = folder.resolve("simulator.yaml");
    Files.writeString(
        specification,
        """
        organizations: [{ provider: gemini, id: "100000000001" }]
        google:
          projects: [{ id: acme, number: "100000000001" }]
          clients: [{ id: 1-test.apps.googleusercontent.com, secret: GOCSPX-test }]
          accounts: [{ email: anna@example.org, projects: [acme] }]
        """);
    try (Served simulator =
        new Served("simulate", "--port", "0", "--config", specification.toString())) {
      simulator.find("(Ctrl.C to stop)");
      String out = simulator.terminal.out();
      assertThat(out).containsPattern("google +anna@example.org +acme");
      String settings =
          out.substring(out.indexOf("# forebay.yaml"), out.indexOf("Ctrl+C")).indent(-2);
      assertThat(ConfigReader.read("forebay.yaml", settings, _ -> null))
          .isInstanceOf(ConfigReader.Reading.Good.class);
    }
  }

  @Test
  void twoOnOneDataDirectoryAreRefused() throws Exception {
    try (Served first = serve()) {
      first.find("listening +(http\\S+)");
      Served second = serve();
      assertThat(second.code.join()).isEqualTo(1);
      assertThat(second.terminal.err()).startsWith("error: ").contains("another Forebay");
    }
  }
}
