package dev.forebay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebay.app.TestTerminal;
import dev.forebay.app.cli.RunningGateway.Ran;
import dev.forebay.app.terminal.Style;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class StatusCommandTest {
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

  @Test
  void showsThePoolOnce() {
    Ran ran = running.run("status", "--once");
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .startsWith(" forebay status  " + running.url())
        .contains("+ 1 healthy   ~ 0 throttled   # 0 over budget   x 0 rejected   = 0 paused")
        .contains("0 in flight   today 0 requests, 0 tokens, $0.00")
        .containsPattern("openai +declared +\\+ healthy .*0, no budget");
  }

  @Test
  void showsThePoolAsJson() {
    JsonNode pool = KeysCommandsTest.json(running.run("status", "--once", "--json").out());
    assertThat(pool.path("counts").path("healthy").asInt()).isEqualTo(1);
    assertThat(pool.path("keys").path(0).path("name").asText()).isEqualTo("declared");
  }

  /// `forebay status` in a thread of its own.
  private final class Watching implements AutoCloseable {
    final TestTerminal terminal = new TestTerminal();
    private final Stop stop = new Stop();
    private final CompletableFuture<Integer> code;

    Watching(String... more) {
      code =
          CompletableFuture.supplyAsync(
              () -> {
                String[] all = new String[more.length + 5];
                List.of("status", "--interval", "100ms", "--data", running.data.toString())
                    .toArray(all);
                System.arraycopy(more, 0, all, 5, more.length);
                return ForebayCommand.run(terminal.terminal(), stop, all);
              },
              task -> Thread.ofPlatform().start(task));
    }

    void await(String pattern) throws InterruptedException {
      terminal.awaitOut("(?s)(" + pattern + ")", code::isDone);
    }

    @Override
    public void close() {
      stop.request();
      assertThat(code.join()).isZero();
    }
  }

  @Test
  void followsThePoolUntilItIsStopped() throws Exception {
    try (Watching watching = new Watching()) {
      watching.await("1 healthy.*1 healthy");
    }
  }

  @Test
  void writesALineForEveryLook() throws Exception {
    try (Watching watching = new Watching("--json")) {
      watching.await("\"at\"[^\n]*\n[^\n]*\"at\"[^\n]*\n");
      for (String line : watching.terminal.out().lines().limit(2).toList()) {
        assertThat(KeysCommandsTest.json(line).path("counts").path("healthy").asInt()).isOne();
      }
    }
  }

  @Test
  void outlivesARestartOfTheGateway() throws Exception {
    try (Watching watching = new Watching()) {
      watching.await("1 healthy");
      String before = running.url();
      running.stop();
      watching.await("not of now: cannot reach Forebay at " + before);
      running.restart();
      watching.await("forebay status  " + running.url());
    }
  }

  @Test
  void onASmallWindowKeysThatRestComeFirst() {
    StringBuilder keys = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      keys.append(i == 0 ? "" : ",").append(key("k" + i, i == 17 ? "rejected" : "healthy"));
    }
    JsonNode pool =
        KeysCommandsTest.json(
            "{\"at\":\"2026-11-23T16:57:00Z\",\"counts\":{},\"totals\":{},\"keys\":["
                + keys
                + "]}");
    List<String> page = new StatusPage(Style.PLAIN, 100, 15).page(pool, "http://x", null);
    assertThat(page).hasSizeLessThanOrEqualTo(15);
    assertThat(String.join("\n", page)).contains("k17", "14 more; 'forebay status --once'");
  }

  private static String key(String name, String state) {
    return """
    {"id":"%1$s","name":"%1$s","provider":"openai","priority":5,"state":{"state":"%2$s"},
     "coolings":[],"inFlight":0,"share":0,"budget":{"usedTokens":5,"reservedTokens":0,
     "usedUsd":1.5,"reservedUsd":0,"dailyUsd":3},"tokensPerMinute":0,"throttled":0,"failed":0}
    """
        .formatted(name, state);
  }

  @Test
  void anEmptyPoolSaysWhatToDo() {
    JsonNode pool =
        KeysCommandsTest.json(
            "{\"at\":\"2026-11-23T16:57:00Z\",\"counts\":{},\"totals\":{},\"keys\":[]}");
    assertThat(new StatusPage(Style.PLAIN, 100, 15).page(pool, "http://x", null))
        .last()
        .isEqualTo(" There are no provider keys yet. 'forebay keys add' adds one.");
  }
}
