package dev.forebay.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The grammar of OpenAI's Responses stream, errors included.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResponsesStreamTest {

  private static final String BODY =
      "{\"model\":\"gpt-6-sol\",\"stream\":true,\"input\":\"hello tokens=4\"}";

  private Simulator simulator;
  private Http http;

  @BeforeAll
  void start() {
    simulator =
        Simulator.start(
            SimulatorSpec.of(
                SimulatedOrganization.openai("acme", "sk-1"),
                SimulatedOrganization.openai("other", "sk-2")),
            0);
    http = new Http(simulator);
  }

  @AfterAll
  void stop() {
    simulator.close();
  }

  private List<JsonNode> events() throws IOException {
    List<JsonNode> events = new ArrayList<>();
    String stream = Http.text(http.openai("sk-1", "/v1/responses", BODY));
    for (String event : stream.split("\n\n")) {
      String[] lines = event.split("\n");
      assertThat(lines).hasSize(2);
      JsonNode data =
          JsonText.parse(lines[1].substring("data: ".length()).getBytes(StandardCharsets.UTF_8));
      assertThat(lines[0]).isEqualTo("event: " + data.path("type").asText());
      events.add(data);
    }
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).path("sequence_number").asInt()).isEqualTo(i);
    }
    return events;
  }

  @Test
  void eventsAreNamedNumberedAndInOrder() throws IOException {
    assertThat(events())
        .extracting(event -> event.path("type").asText())
        .containsExactly(
            "response.created",
            "response.in_progress",
            "response.output_item.added",
            "response.content_part.added",
            "response.output_text.delta",
            "response.output_text.delta",
            "response.output_text.delta",
            "response.output_text.delta",
            "response.output_text.done",
            "response.content_part.done",
            "response.output_item.done",
            "response.completed");
  }

  @Test
  void quotaMayFailAfterThePreambleInBothForms() throws IOException {
    simulator.script(
        "sk-1",
        new Fault.ErrorInsideStream(2, StreamError.INSUFFICIENT_QUOTA),
        new Fault.ErrorInsideStream(2, StreamError.RESPONSES_FLAT),
        new Fault.ErrorInsideStream(2, StreamError.RESPONSES_FAILED));

    List<JsonNode> nested = events();
    List<JsonNode> flat = events();
    List<JsonNode> failed = events();

    assertThat(nested).hasSize(4);
    assertThat(nested.get(2).path("error").path("code").asText()).isEqualTo("insufficient_quota");
    assertThat(nested.get(3).path("response").path("error").path("code").asText())
        .isEqualTo("insufficient_quota");
    assertThat(flat.get(2).path("code").asText()).isEqualTo("server_error");
    assertThat(failed).hasSize(3);
    assertThat(failed.get(2).path("type").asText()).isEqualTo("response.failed");
  }

  @Test
  void reasoningOfAnotherOrganisationIsRemovedAndReported() {
    String ask =
        """
        {"model":"gpt-6-sol","input":"hello","store":false,"reasoning":{"effort":"low"},\
        "include":["reasoning.encrypted_content"]}\
        """;
    JsonNode first = Http.json(http.openai("sk-1", "/v1/responses", ask));
    String next =
        """
        {"model":"gpt-6-sol","store":false,"input":[{"role":"user","content":"hello"},%s,%s,\
        {"role":"user","content":"again"}]}\
        """
            .formatted(first.path("output").get(0), first.path("output").get(1));

    assertThat(Http.json(http.openai("sk-1", "/v1/responses", next)).has("input_transformations"))
        .isFalse();
    JsonNode moved = Http.json(http.openai("sk-2", "/v1/responses", next));
    assertThat(moved.path("status").asText()).isEqualTo("completed");
    assertThat(moved.path("input_transformations").get(0).path("reason").asText())
        .isEqualTo("organization_mismatch");
  }
}
