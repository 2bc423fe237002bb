package dev.forebay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.simulator.Pace;
import dev.forebay.simulator.SimulatedOrganization;
import dev.forebay.simulator.Simulator;
import dev.forebay.simulator.SimulatorSpec;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The program as a process of its own: what only an operating system can tell.
@Timeout(300)
class ProcessTest {
  @TempDir private Path folder;

  @Test
  void aBrokenFileEndsWithTwoAndOneMessage() throws Exception {
    Files.writeString(folder.resolve("forebay.yaml"), "lissten: 4400\n");
    try (ServeProcess process = ServeProcess.start(folder, "serve")) {
      assertThat(process.exit()).isEqualTo(2);
      assertThat(process.errors())
          .startsWith("forebay.yaml:1: unknown key 'lissten'; did you mean 'listen'?")
          .endsWith("error: 1 problem in the settings\n");
    }
  }

  /// What a stream that is under way when the process gets a SIGTERM ends with.
  private String lastLineOfAStopped(String drain, Pace pace) throws Exception {
    SimulatorSpec spec =
        SimulatorSpec.of(SimulatedOrganization.openai("org", "sk-a")).withPace(pace);
    try (Simulator simulator = Simulator.start(spec, 0);
        HttpClient client = HttpClient.newHttpClient()) {
      Files.writeString(
          folder.resolve("forebay.yaml"),
          """
          listen: 127.0.0.1:0
          drain: %s
          clientKeys: [{ key: fb-test }]
          keys: [{ provider: openai, secret: sk-a, baseUrl: %s }]
          """
              .formatted(drain, simulator.origin()));
      try (ServeProcess process = ServeProcess.start(folder, "serve")) {
        String url = process.find("listening +(http\\S+)");
        HttpResponse<Stream<String>> answer =
            client.send(
                HttpRequest.newBuilder(URI.create(url + "/v1/chat/completions"))
                    .header("authorization", "Bearer fb-test")
                    .header("content-type", "application/json")
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            "{\"model\":\"gpt-6-sol\",\"stream\":true,\"messages\":"
                                + "[{\"role\":\"user\",\"content\":\"Hello\"}]}"))
                    .build(),
                HttpResponse.BodyHandlers.ofLines());
        Iterator<String> lines = answer.body().iterator();
        assertThat(lines.next()).startsWith("data: ");

        process.terminate();

        String last = "";
        while (lines.hasNext()) {
          String line = lines.next();
          last = line.isEmpty() ? last : line;
        }
        assertThat(process.exit()).isZero();
        assertThat(process.errors())
            .contains("stopping: 1 request is under way")
            .endsWith("stopped\n");
        // What was used just before the end is stored.
        assertThat(Files.readString(folder.resolve("data/access.log"))).contains("gpt-6-sol");
        return last;
      }
    }
  }

  @Test
  void sigtermDrainsALiveStreamAndEndsWithZero() throws Exception {
    assertThat(lastLineOfAStopped("30s", new Pace(Duration.ofMillis(10), 40, 320)))
        .isEqualTo("data: [DONE]");
  }

  @Test
  void sigtermTellsAStreamThatOutlastsTheGrace() throws Exception {
    assertThat(lastLineOfAStopped("300ms", new Pace(Duration.ofMillis(10), 2, 500)))
        .startsWith("data: {\"error\"")
        .contains("shutting down");
  }
}
