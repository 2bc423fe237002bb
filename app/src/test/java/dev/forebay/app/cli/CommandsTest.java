package dev.forebay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.app.TestTerminal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  @TempDir private Path folder;

  private TestTerminal terminal = new TestTerminal();

  private int run(String... arguments) {
    return ForebayCommand.run(terminal.terminal(), new Stop(), arguments);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void helpShowsEveryCommand() {
    assertThat(run("--help")).isZero();
    assertThat(terminal.out())
        .contains(
            "Usage: forebay",
            "serve",
            "status",
            "keys",
            "clients",
            "demo",
            "simulate",
            "config",
            "Exit codes:");
    assertThat(terminal.err()).isEmpty();
  }

  @Test
  void withoutACommandTheHelpIsShown() {
    assertThat(run()).isZero();
    assertThat(terminal.out()).contains("Usage: forebay");
  }

  @Test
  void everyCommandHasHelp() {
    for (String command :
        new String[] {"serve", "status", "keys", "clients", "demo", "simulate", "config"}) {
      terminal = new TestTerminal();
      assertThat(run(command, "--help")).as(command).isZero();
      assertThat(terminal.out()).contains("Usage: forebay " + command);
    }
  }

  @Test
  void whatCallsARunningGatewayHasExamplesAndSaysHowToReachOne() {
    for (String command :
        new String[] {
          "keys add",
          "keys list",
          "keys import",
          "keys test",
          "keys pause",
          "keys resume",
          "keys recover",
          "keys remove",
          "clients list",
          "clients create",
          "clients revoke",
          "clients rename",
          "status"
        }) {
      terminal = new TestTerminal();
      assertThat(run((command + " --help").split(" "))).as(command).isZero();
      assertThat(terminal.out())
          .as(command)
          .contains(
              "Usage: forebay " + command, "--url=URL", "--token=TOKEN", "--data=DIR", "--json")
          .contains("Exit codes:", "Examples:", "  forebay " + command);
    }
    terminal = new TestTerminal();
    assertThat(run("keys")).isEqualTo(2);
    assertThat(terminal.err()).contains("subcommand", "forebay keys --help");
  }

  @Test
  void saysItsVersion() {
    assertThat(run("--version")).isZero();
    assertThat(terminal.out()).startsWith("forebay ");
  }

  @Test
  void theLauncherCanRehearseAndPeopleNeedNotKnow() {
    assertThat(run("rehearse")).isZero();
    assertThat(terminal.err()).contains("stopped");
    terminal = new TestTerminal();
    run("--help");
    assertThat(terminal.out()).doesNotContain("rehearse");
  }

  @Test
  void wrongUsageGetsAHintAndNoStackTrace() {
    assertThat(run("serv")).isEqualTo(2);
    assertThat(terminal.err())
        .isEqualTo(
            """
            error: unmatched argument at index 0: 'serv'; did you mean 'serve'?
            Try 'forebay --help' for what it takes.
            """);
  }

  @Test
  void wrongOptionsGetAHint() {
    assertThat(run("serve", "--lisen", "4400")).isEqualTo(2);
    assertThat(terminal.err())
        .contains("--lisen", "did you mean '--listen'?", "forebay serve --help")
        .doesNotContain("\tat ");
    terminal = new TestTerminal();
    assertThat(run("serve", "--listen", "127.0.0.1:99999")).isEqualTo(2);
    assertThat(terminal.err()).contains("port 99999 is not between 0 and 65535");
    terminal = new TestTerminal();
    assertThat(run("demo", "--duration", "soon")).isEqualTo(2);
    assertThat(terminal.err()).contains("'soon' is not a time such as 60s or 5m");
    terminal = new TestTerminal();
    assertThat(run("demo", "--port", "70000")).isEqualTo(2);
    assertThat(terminal.err()).contains("--port 70000 is not between 0 and 65535");
  }

  @Test
  void aGoodFileIsSummedUp() throws IOException {
    Path file =
        file(
            "good.yaml",
            """
            listen: 0.0.0.0:8080
            keys:
              - { provider: openai, secret: sk-1 }
              - { provider: openai, secret: sk-2 }
              - { provider: anthropic, secret: sk-3 }
            clientKeys: [{ key: fb-laptop }]
            """);
    assertThat(run("config", "check", file.toString())).isZero();
    assertThat(terminal.out())
        .isEqualTo(
            """
            ok: %s can be used
              listen       0.0.0.0:8080
              data         ./data (SQLite)
              keys         3: anthropic 1, openai 2
              client keys  1
            """
                .formatted(file));
  }

  @Test
  void aBrokenFileIsReportedLineByLine() throws IOException {
    Path file = file("bad.yaml", "maxwait: 1s\nkeys:\n  - { provider: openai }\n");
    assertThat(run("config", "check", file.toString())).isEqualTo(2);
    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err())
        .startsWith(file + ":1: unknown key 'maxwait'; did you mean 'maxWait'?")
        .contains(file + ":3: keys[0] has no secret;")
        .endsWith("error: 2 problems in the settings\n");
  }

  @Test
  void aMissingFileIsReported() {
    Path file = folder.resolve("none.yaml");
    assertThat(run("config", "check", file.toString())).isEqualTo(2);
    assertThat(terminal.err())
        .contains(file + ": there is no such file; name another with --config");
    terminal = new TestTerminal();
    assertThat(run("serve", "--config", file.toString())).isEqualTo(2);
    assertThat(terminal.err()).contains("there is no such file");
  }

  @Test
  void theEnvironmentNamesAFileToo() throws IOException {
    Path file = file("env.yaml", "listen: 127.0.0.1:1234\n");
    terminal = new TestTerminal(Map.of("FOREBAY_CONFIG", file.toString()));
    assertThat(run("config", "check")).isZero();
    assertThat(terminal.out()).contains("127.0.0.1:1234");
  }

  @Test
  void withoutAnyFileCheckSaysSo() {
    assertThat(run("config", "check")).isEqualTo(2);
    assertThat(terminal.err()).contains("there is no settings file");
    terminal = new TestTerminal();
    assertThat(run("config")).isEqualTo(2);
    assertThat(terminal.err()).contains("subcommand", "forebay config --help");
  }

  @Test
  void aTakenPortIsReported() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      int code = run("serve", "--listen", address, "--data", folder.resolve("data").toString());
      assertThat(code).isEqualTo(1);
      assertThat(terminal.err())
          .isEqualTo(
              "error: cannot listen on "
                  + address
                  + ": the port is taken by another process; stop that one, or choose another port"
                  + " with --listen or 'listen:'\n");
      terminal = new TestTerminal();
      assertThat(run("simulate", "--port", Integer.toString(taken.getLocalPort()))).isEqualTo(1);
      assertThat(terminal.err()).startsWith("error: ").doesNotContain("\tat ");
      terminal = new TestTerminal();
      assertThat(run("demo", "--port", Integer.toString(taken.getLocalPort()))).isEqualTo(1);
      assertThat(terminal.err()).contains("the port is taken by another process");
    }
  }

  @Test
  void aDataDirectoryThatCanNotBeMadeIsReported() throws IOException {
    Path data = file("file", "").resolve("data");
    assertThat(run("serve", "--listen", "127.0.0.1:0", "--data", data.toString())).isEqualTo(1);
    assertThat(terminal.err())
        .startsWith("error: ")
        .contains("file", "data:")
        .doesNotContain("\tat ");
  }

  @Test
  void aWrongSpecificationOfTheSimulatorIsReported() throws IOException {
    Path file = file("sim.yaml", "organisations: nowhere\n");
    assertThat(run("simulate", "--config", file.toString())).isEqualTo(2);
    assertThat(terminal.err()).startsWith("error: " + file + ": ").doesNotContain("\tat ");
    terminal = new TestTerminal();
    assertThat(run("simulate", "--config", folder.resolve("none").toString())).isEqualTo(2);
    assertThat(terminal.err()).contains("there is no such file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve --config",
        "serve --config a --config b",
        "serve --confi a",
        "serve -c",
        "serve --listen nowhere:x",
        "serve -l 127.0.0.1:80 extra",
        "serv --config a"
      })
  void whateverIsWrongWithServeIsSaid(String line) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(terminal.err()).startsWith("error: ").contains("--help' for what it takes.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve --config %s",
        "serve -c %s",
        "serve --config=%s",
        "serve -d data -l localhost:0 -c %s",
        "serve --data data --config %s"
      })
  void serveTakesItsOptionsInEveryForm(String line) throws IOException {
    Path settings = file("broken.yaml", "nonsense: 1\n");

    assertThat(run(line.formatted(settings).split(" "))).isEqualTo(2);
    assertThat(terminal.err()).contains("broken.yaml", "nonsense");
  }
}
