package dev.forebay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebay.app.TestTerminal;
import dev.forebay.app.cli.RunningGateway.Ran;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ClientsCommandsTest {
  @TempDir private Path folder;

  private RunningGateway running;

  @BeforeEach
  void start() throws IOException {
    running = new RunningGateway(folder);
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private int status(String key) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(running.url() + "/v1/models"))
              .header("authorization", "Bearer " + key)
              .build();
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  @Test
  void makesAKeyAndShowsItOnce() throws Exception {
    Ran ran =
        running.run(
            "clients", "create", "laptop", "--tokens-per-day", "2M", "--requests-per-minute", "60");
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("made laptop", "60 requests/min, 2M tokens/day");
    String key =
        ran.out().lines().map(String::strip).filter(s -> s.startsWith("fb-")).findFirst().get();
    assertThat(status(key)).isEqualTo(200);
    Ran list = running.run("clients", "list");
    assertThat(list.out())
        .containsPattern("laptop +\\.\\.\\.\\w{4} +60 requests/min, 2M tokens/day +0 +0 +\\$0\\.00")
        .containsPattern("declared .* none .*declared in the settings")
        .doesNotContain(key);
  }

  @Test
  void saysWhoStandsInForAKey() {
    Ran ran = running.run("clients", "create", "batch", "--fallback", "gemini,openai/gpt-6-sol");
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).containsPattern("fallback +gemini, openai/gpt-6-sol");
    running.run("clients", "create", "alone", "--fallback", "off");
    assertThat(running.run("clients", "list").out())
        .containsPattern("batch .*fallback gemini, openai/gpt-6-sol")
        .containsPattern("alone .*fallback off");
    Ran wrong = running.run("clients", "create", "x", "--fallback", "mistral");
    assertThat(wrong.code()).isNotZero();
    assertThat(wrong.err()).contains("'mistral' is no target");
  }

  @Test
  void renamesAndRevokes() throws Exception {
    JsonNode made = KeysCommandsTest.json(running.run("clients", "create", "ci", "--json").out());
    String key = made.path("secret").asText();
    assertThat(made.path("clientKey").path("name").asText()).isEqualTo("ci");
    Ran renamed = running.run("clients", "rename", "ci", "builds");
    assertThat(renamed.code()).isZero();
    assertThat(renamed.out()).isEqualTo("ok: ci is now builds\n");
    assertThat(status(key)).isEqualTo(200);

    Ran asked = running.run(new TestTerminal().types(""), "clients", "revoke", "builds");
    assertThat(asked.code()).isEqualTo(1);
    assertThat(asked.err()).contains("revoke builds? [y/N]");
    Ran revoked = running.run("clients", "revoke", "--yes", "builds", "--json");
    assertThat(revoked.code()).isZero();
    JsonNode result = KeysCommandsTest.json(revoked.out()).path("results").path(0);
    assertThat(result.path("name").asText()).isEqualTo("builds");
    assertThat(result.path("message").asText()).isEqualTo("revoked");
    assertThat(status(key)).isEqualTo(401);
    assertThat(running.run("clients", "revoke", "--yes", "builds").err())
        .contains("there is no client key 'builds'");
  }

  @Test
  void whatTheSettingsDeclareStays() {
    Ran ran = running.run("clients", "revoke", "--yes", "declared");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out()).contains("no  declared  The configuration file declares this");
    assertThat(running.run("clients", "create", "declared").err()).startsWith("error: another");
    assertThat(running.run("clients", "list", "--json").out()).contains("\"source\": \"file\"");
  }
}
