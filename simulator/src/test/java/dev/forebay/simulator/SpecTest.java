package dev.forebay.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecTest {

  @Test
  void theExampleOfTheReadmeIsRead() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    int start = readme.indexOf("```yaml") + "```yaml\n".length();
    SimulatorSpec spec =
        SimulatorSpec.fromYaml(readme.substring(start, readme.indexOf("```", start)));

    assertThat(spec.organizations())
        .extracting(SimulatedOrganization::provider)
        .containsOnly("anthropic", "openai", "gemini");
    assertThat(spec.pace().tokensPerSecond()).isPositive();
    assertThat(spec.faults()).isNotEmpty();
  }

  @Test
  void readsEveryEntry() {
    SimulatorSpec spec =
        SimulatorSpec.fromYaml(
            """
            seed: 7
            host: 0.0.0.0
            eventLoops: 2
            recordedRequests: 5
            pace: {firstToken: 250ms, tokensPerSecond: 62.5, answerTokens: 99}
            shape: {unaryBytes: 2000, streamEvents: 10, eventBytes: 200, eventsPerSecond: 50}
            models: {openai: [gpt-private]}
            organizations:
              - provider: openai
                id: acme
                limits: {requestsPerMinute: 1, tokensPerMinute: 2, inputTokensPerMinute: 3,
                         outputTokensPerMinute: 4, requestsPerDay: 5, tokensPerDay: 6}
                modelLimits: {gpt-6*: {requestsPerMinute: 9}}
                standing: openai-insufficient-quota
                keys:
                  - sk-plain
                  - {secret: sk-full, section: proj_x, limits: {tokensPerDay: 8}, models: [gpt-6-sol],
                     pace: {firstToken: 3s}}
            faults:
              - match: {provider: openai, model: gpt-6-sol}
                probability: 0.25
                fault: {kind: stall, afterEvents: 3, duration: 2s}
            """);

    SimulatedOrganization acme = spec.organizations().getFirst();
    assertThat(spec.seed()).isEqualTo(7);
    assertThat(spec.pace()).isEqualTo(new Pace(Duration.ofMillis(250), 62.5, 99));
    assertThat(spec.shape()).isEqualTo(new Shape(2000, 10, 200, 50));
    assertThat(acme.limits()).isEqualTo(new Limits(1, 2, 3, 4, 5, 6));
    assertThat(acme.modelLimits()).containsEntry("gpt-6*", Limits.requestsPerMinute(9));
    assertThat(acme.standing())
        .isEqualTo(Fault.rateLimited(RateLimitKind.OPENAI_INSUFFICIENT_QUOTA));
    assertThat(acme.keys().get(1).section()).isEqualTo("proj_x");
    assertThat(acme.keys().get(1).pace()).isEqualTo(new Pace(Duration.ofSeconds(3), 0));
    assertThat(spec.faults().getFirst())
        .isEqualTo(
            new FaultRule(
                KeyMatcher.provider("openai").withModel("gpt-6-sol"),
                new Fault.Stall(3, Duration.ofSeconds(2)),
                0.25));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "organisations: [] | organisations: unknown (did you mean organizations?",
        "pace: {firstTokens: 1s} | pace.firstTokens: unknown (did you mean firstToken?",
        "pace: {firstToken: soon} | pace.firstToken: 'soon' (expected: a duration",
        "pace: {tokensPerSecond: -1} | pace.tokensPerSecond: -1.0 (expected: >= 0",
        "seed: x | seed: \"x\" (expected: a whole number)",
        "organizations: [{provider: acme, id: a}] | organizations[0].provider: 'acme' (expected:",
        "organizations: [{provider: openai}] | organizations[0].id: missing",
        "organizations: [{provider: openai, id: a, keys: [k, k]}] | secret: one of openai's is given",
        "organizations: [{provider: openai, id: a, standing: gemini-per-day}] | expected: a fault of"
            + " openai",
        "faults: [{fault: stal}] | faults[0].fault: unknown fault 'stal' (did you mean stall?)",
        "faults: [{fault: {kind: stall}}] | faults[0].fault.duration: missing",
        "faults: [{fault: overloaded, probability: 2}] | probability: 2.0 (expected:",
        "google: {acounts: []} | google.acounts: unknown (did you mean accounts?",
        "google: {accounts: [{email: anna}]} | google.accounts[0].email: 'anna' (expected: an address)",
        "google: {accounts: [{email: a@b.c, projects: [x]}]} | project: 'x' of a@b.c (expected: one of",
        "google: {projects: [{id: a, number: 1}]} | number: '1' of project a (expected: the id of an"
            + " organisation of gemini)",
        "google: {clients: [{id: a, secret: b, type: phone}]} | google.clients[0].type: 'phone'",
        "seed: [ | not YAML"
      })
  void saysWhatIsWrongAndWhere(String yaml, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SimulatorSpec.fromYaml(yaml))
        .withMessageContaining(message);
  }

  @Test
  void namesTheFile(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("simulator.yaml");
    Files.writeString(file, "sed: 1");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> SimulatorSpec.fromYaml(file))
        .withMessageContaining("simulator.yaml: sed: unknown (did you mean seed?");
  }
}
