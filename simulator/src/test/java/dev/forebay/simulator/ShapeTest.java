package dev.forebay.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShapeTest {

  private Simulator simulator;
  private Http http;

  @BeforeEach
  void start() {
    simulator =
        Simulator.start(
            SimulatorSpec.of(
                    SimulatedOrganization.anthropic("org-a", "sk-ant-1"),
                    SimulatedOrganization.openai("acme", "sk-1"),
                    SimulatedOrganization.gemini("4711", "AQ.1"))
                .withShape(new Shape(5000, 20, 600, 200)),
            0);
    http = new Http(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void answersHaveTheSizeAsked() {
    String respond = "{\"model\":\"gpt-6-sol\",\"input\":\"hello\"}";

    assertThat(http.openai("sk-1", "/v1/chat/completions", Http.CHAT).body()).hasSize(5000);
    assertThat(http.openai("sk-1", "/v1/responses", respond).body()).hasSize(5000);
    assertThat(http.anthropic("sk-ant-1", "/v1/messages", Http.MESSAGE).body()).hasSize(5000);
    assertThat(http.gemini("AQ.1", Http.GENERATE, Http.CONTENTS).body()).hasSize(5000);
  }

  @Test
  void streamsHaveTheEventsAskedAtTheRateAsked() {
    long start = System.nanoTime();
    String stream = Http.text(http.anthropic("sk-ant-1", "/v1/messages", Http.MESSAGE_STREAM));
    Duration took = Duration.ofNanos(System.nanoTime() - start);

    assertThat(stream.split("(?<=\n\n)"))
        .filteredOn(event -> event.contains("text_delta"))
        .hasSize(20)
        .allSatisfy(event -> assertThat(event).hasSize(600));
    assertThat(stream).contains("message_stop");
    // Nineteen pauses of 5 ms between twenty events.
    assertThat(took).isGreaterThanOrEqualTo(Duration.ofMillis(95));
    assertThat(simulator.usage("sk-ant-1").outputTokens()).isEqualTo(20);
  }

  @Test
  void unknownModelsAndBadJsonAreStillRefused() {
    assertThat(http.openai("sk-1", "/v1/chat/completions", "{").statusCode()).isEqualTo(400);
    assertThat(
            http.openai("sk-1", "/v1/chat/completions", Http.CHAT.replace("gpt-6-sol", "gpt-0"))
                .statusCode())
        .isEqualTo(404);
  }
}
