package dev.forebay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebay.app.TestTerminal;
import dev.forebay.app.cli.RunningGateway.Ran;
import dev.forebay.app.remote.Json;
import dev.forebay.simulator.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class KeysCommandsTest {
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

  private String provider() {
    return running.simulator.origin();
  }

  static JsonNode json(String text) {
    return Objects.requireNonNull(Json.read(text), text);
  }

  private Ran add(String secret, String... more) {
    String[] fixed = {"keys", "add", "--secret-stdin", "--base-url", provider()};
    String[] all = new String[fixed.length + more.length];
    System.arraycopy(fixed, 0, all, 0, fixed.length);
    System.arraycopy(more, 0, all, fixed.length, more.length);
    return running.run(new TestTerminal().pipes(secret + "\n"), all);
  }

  @Test
  void addsAKeyThatIsPipedIn() {
    Ran ran =
        add(
            "sk-test-openai-aaaa",
            "--name",
            "main",
            "--priority",
            "8",
            "--daily-tokens",
            "2M",
            "--daily-usd",
            "12.50",
            "--limit-group",
            "acme",
            "--note",
            "of the lab");
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .startsWith("ok: added openai/main ...aaaa\n")
        .contains("priority       8", "tokens a day   2000000", "dollars a day  $12.50", "acme")
        .doesNotContain("sk-test");

    Ran list = running.run("keys", "list");
    assertThat(list.code()).isZero();
    assertThat(list.out())
        .containsPattern("(?m)^provider +key +secret +state +prio +today +limit group +note$")
        .containsPattern("openai +main +\\.\\.\\.aaaa +\\+ healthy +8 +0 of 2M +acme +of the lab")
        .containsPattern("openai +declared +\\.\\.\\.0000 +\\+ healthy .*declared in the settings")
        .doesNotContain("sk-test");
  }

  @Test
  void listsAsJsonWithHealth() {
    Ran ran = running.run("keys", "list", "--json");
    JsonNode keys = json(ran.out());
    assertThat(keys.size()).isEqualTo(1);
    assertThat(keys.path(0).path("name").asText()).isEqualTo("declared");
    assertThat(keys.path(0).path("source").asText()).isEqualTo("file");
    assertThat(keys.path(0).path("health").path("state").path("state").asText())
        .isEqualTo("healthy");
    assertThat(keys.path(0).has("secret")).isFalse();
    assertThat(ran.out()).doesNotContain("sk-test");
  }

  @Test
  void addsAKeyThatAPersonTypes() {
    Ran ran =
        running.run(
            new TestTerminal().types("sk-ant-test-cccc"),
            "keys",
            "add",
            "--base-url",
            provider(),
            "--models",
            "claude-opus-5-5,claude-haiku-5",
            "--paused",
            "--json");
    assertThat(ran.code()).isZero();
    JsonNode added = json(ran.out());
    assertThat(added.path("key").path("provider").asText()).isEqualTo("anthropic");
    assertThat(added.path("key").path("models").size()).isEqualTo(2);
    assertThat(added.path("key").path("paused").asBoolean()).isTrue();
    assertThat(added.path("test").path("verdict").asText()).isEqualTo("accepted");
    assertThat(ran.err()).contains("secret (not shown):");
    assertThat(ran.out() + ran.err()).doesNotContain("sk-ant-test");
  }

  @Test
  void aSecretIsNeverGuessedNorTakenFromTheCommandLine() {
    Ran nobody = running.run("keys", "add");
    assertThat(nobody.code()).isEqualTo(2);
    assertThat(nobody.err()).contains("add --secret-stdin and pipe it in");
    Ran empty = add("");
    assertThat(empty.code()).isEqualTo(2);
    assertThat(empty.err()).contains("standard input is empty");
    Ran two = add("sk-test-openai-aaaa\nsk-test-openai-bbbb");
    assertThat(two.code()).isEqualTo(2);
    assertThat(two.err()).contains("has 2 lines", "keys import -").doesNotContain("sk-test");
    assertThat(running.run("keys", "add", "sk-test-openai-aaaa").code()).isEqualTo(2);
  }

  @Test
  void aKeyThatTheProviderRefusesIsAddedByForceOnly() {
    Ran refused = add("sk-test-unknown-eeee");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).startsWith("error: ").contains("Add it nevertheless with --force.");
    assertThat(add("sk-test-unknown-eeee", "--force").code()).isZero();
    Ran twice = add("sk-test-unknown-eeee", "--no-test", "--json");
    assertThat(twice.code()).isEqualTo(1);
    assertThat(twice.out()).isEmpty();
    JsonNode problem = json(twice.err());
    assertThat(problem.path("type").asText()).isEqualTo("conflict");
    assertThat(problem.path("status").asInt()).isEqualTo(409);
  }

  @Test
  void whatIsWrongIsNamed() {
    Ran ran = add("sk-test-openai-aaaa", "--priority", "11", "--provider", "azure");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("priority", "provider");
    assertThat(add("sk-test-openai-aaaa", "--daily-tokens", "lots").err())
        .contains("'lots' is not a number such as 500k or 2M");
  }

  @Test
  void importsAFile() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("keys.txt"),
            """
            # of the team
            openai, first, sk-test-openai-aaaa
            sk-test-openai-aaaa
            what is this line
            """);
    String[] command = {
      "keys", "import", file.toString(), "--base-url", provider(), "--priority", "7", "--dry-run"
    };
    Ran dry = running.run(command);
    assertThat(dry.code()).isEqualTo(1);
    assertThat(dry.out())
        .containsPattern("2 +new +openai +first +\\.\\.\\.aaaa")
        .containsPattern("3 +there already")
        .containsPattern("4 +bad")
        .endsWith("1 would be added, 1 there already, 1 bad\n")
        .doesNotContain("sk-test");
    assertThat(json(running.run("keys", "list", "--json").out()).size()).isEqualTo(1);

    command[command.length - 1] = "--json";
    Ran real = running.run(command);
    assertThat(real.code()).isEqualTo(1);
    assertThat(json(real.out()).path("added").asInt()).isEqualTo(1);
    assertThat(real.out()).startsWith("{\n  \"added\": 1,\n");
    assertThat(running.run("keys", "list").out()).containsPattern("openai +first .* 7 ");
  }

  @Test
  void importsStandardInput() {
    Ran ran =
        running.run(
            new TestTerminal().pipes("sk-test-openai-aaaa\nsk-test-openai-bbbb\n"),
            "keys",
            "import",
            "-",
            "--base-url",
            provider());
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).endsWith("2 added, 0 there already, 0 bad\n").doesNotContain("sk-test");
    Ran missing = running.run("keys", "import", folder.resolve("none").toString());
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err()).contains("there is no such file");
  }

  @Test
  void testsKeysOfThePool() {
    add("sk-test-openai-aaaa", "--name", "main");
    running.simulator.always("sk-test-openai-aaaa", new Fault.Unauthorized());
    Ran ran = running.run("keys", "test", "--all");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out())
        .containsPattern("ok +openai/declared +\\S")
        .containsPattern("no +openai/main +\\S");
    JsonNode results =
        json(running.run("keys", "test", "declared", "--json").out()).path("results");
    assertThat(results.size()).isEqualTo(1);
    assertThat(results.path(0).path("name").asText()).isEqualTo("declared");
    assertThat(results.path(0).path("done").asBoolean()).isTrue();
  }

  @Test
  void testsASecretWithoutAddingIt() {
    String[] command = {"keys", "test", "--secret-stdin", "--base-url", provider()};
    Ran good = running.run(new TestTerminal().pipes("sk-test-openai-aaaa"), command);
    assertThat(good.code()).isZero();
    assertThat(good.out()).startsWith("ok openai  ");
    Ran bad = running.run(new TestTerminal().pipes("sk-test-unknown-eeee"), command);
    assertThat(bad.code()).isEqualTo(1);
    assertThat(bad.out()).startsWith("no openai  ");
    assertThat(json(running.run("keys", "list", "--json").out()).size()).isEqualTo(1);
  }

  @Test
  void pausesAndResumes() {
    add("sk-test-openai-aaaa", "--name", "main");
    Ran paused = running.run("keys", "pause", "main", "openai/main");
    assertThat(paused.code()).isZero();
    assertThat(paused.out()).isEqualTo("ok  openai/main  paused\n");
    assertThat(running.run("keys", "list").out()).containsPattern("main .*= paused");
    Ran resumed = running.run("keys", "resume", "main", "--json");
    JsonNode result = json(resumed.out()).path("results").path(0);
    assertThat(result.path("provider").asText()).isEqualTo("openai");
    assertThat(result.path("done").asBoolean()).isTrue();
    assertThat(running.run("keys", "list").out()).doesNotContain("paused");
    assertThat(running.run("keys", "recover", "--all").code()).isZero();
  }

  @Test
  void removesOnceAPersonHasSaidYes() {
    add("sk-test-openai-aaaa", "--name", "main");
    Ran nobody = running.run("keys", "remove", "main");
    assertThat(nobody.code()).isEqualTo(2);
    assertThat(nobody.err()).contains("add --yes to remove openai/main without being asked");
    Ran no = running.run(new TestTerminal().types("n"), "keys", "remove", "main");
    assertThat(no.code()).isEqualTo(1);
    assertThat(no.err()).contains("remove openai/main? [y/N]", "nothing was done");
    Ran yes = running.run(new TestTerminal().types("y"), "keys", "remove", "main");
    assertThat(yes.code()).isZero();
    assertThat(yes.out()).isEqualTo("ok  openai/main  deleted\n");
    Ran declared = running.run("keys", "remove", "--yes", "declared");
    assertThat(declared.code()).isEqualTo(1);
    assertThat(declared.out()).contains("no  openai/declared  is declared in the settings file");
  }

  @Test
  void keysAreFoundByTheirNames() {
    add("sk-test-openai-aaaa", "--name", "twin");
    add("sk-ant-test-cccc", "--name", "twin");
    Ran twins = running.run("keys", "pause", "twin");
    assertThat(twins.code()).isEqualTo(1);
    assertThat(twins.err()).contains("'twin' may be anthropic/twin or openai/twin; say which one");
    Ran unknown = running.run("keys", "pause", "nobody");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err())
        .contains("there is no provider key 'nobody'; 'forebay keys list' shows them all");
    assertThat(running.run("keys", "pause").code()).isEqualTo(2);
    assertThat(running.run("keys", "pause", "twin", "--all").code()).isEqualTo(2);
  }
}
