package dev.forebay.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControlTest {

  private Simulator simulator;
  private Http http;

  @BeforeEach
  void start() {
    simulator =
        Simulator.start(
            SimulatorSpec.of(
                SimulatedOrganization.openai("acme", "sk-1")
                    .withLimits(Limits.requestsPerMinute(5))),
            0);
    http = new Http(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private HttpResponse<byte[]> control(String method, String path, String body) {
    return Http.send(
        http.request("/_simulator/" + path, Map.of())
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private int chat() {
    return http.openai("sk-1", "/v1/chat/completions", Http.CHAT).statusCode();
  }

  @Test
  void scriptsFaultsOverHttp() {
    String script =
        "{\"match\":\"sk-1\",\"faults\":[\"openai-tokens\",{\"kind\":\"server-error\",\"status\":502}]}";

    assertThat(control("POST", "faults", script).statusCode()).isEqualTo(200);

    assertThat(chat()).isEqualTo(429);
    assertThat(chat()).isEqualTo(502);
    assertThat(chat()).isEqualTo(200);
  }

  @Test
  void addsAndEndsStandingFaults() {
    control(
        "POST",
        "faults",
        "{\"match\":{\"provider\":\"openai\"},\"always\":true,\"faults\":[\"overloaded\"]}");
    assertThat(chat()).isEqualTo(503);
    assertThat(chat()).isEqualTo(503);

    control("DELETE", "faults", "");
    assertThat(chat()).isEqualTo(200);
  }

  @Test
  void tellsItsState() {
    chat();

    JsonNode organization = Http.json(control("GET", "state", "")).path("organizations").get(0);
    assertThat(organization.path("keys").get(0).path("served").asInt()).isEqualTo(1);
    assertThat(
            organization
                .path("limits")
                .path("gpt-6-sol")
                .path("requests_per_minute")
                .path("remaining")
                .asInt())
        .isEqualTo(4);
    JsonNode requests = Http.json(control("GET", "requests", "")).path("requests");
    assertThat(requests).hasSize(1);
    assertThat(requests.get(0).path("body").asText()).isEqualTo(Http.CHAT);
    control("DELETE", "requests", "");
    assertThat(simulator.requests()).isEmpty();
  }

  @Test
  void changesPaceAndShape() {
    control("PUT", "pace", "{\"answerTokens\":3}");
    assertThat(Http.text(http.openai("sk-1", "/v1/chat/completions", Http.CHAT)))
        .contains("\"content\":\"You said: hello\"");

    control("PUT", "shape", "{\"unaryBytes\":2000,\"streamEvents\":5,\"eventBytes\":400}");
    assertThat(http.openai("sk-1", "/v1/chat/completions", Http.CHAT).body()).hasSize(2000);
    String stream = Http.text(http.openai("sk-1", "/v1/chat/completions", Http.CHAT_STREAM));
    assertThat(stream.split("\n\n")).filteredOn(event -> event.length() == 398).hasSize(5);
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(Http.text(control("POST", "faults", "{\"faults\":[\"stal\"]}")))
        .contains("did you mean stall?");
    assertThat(Http.text(control("POST", "faults", "{\"match\":\"sk-0\",\"faults\":[\"gzip\"]}")))
        .contains("is not one of the simulator's keys");
    assertThat(control("POST", "faults", "{").statusCode()).isEqualTo(400);
    assertThat(control("GET", "nothing", "").statusCode()).isEqualTo(404);
    assertThat(control("PUT", "state", "").statusCode()).isEqualTo(405);
  }
}
