package dev.forebay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.simulator.Fault;
import dev.forebay.simulator.RateLimitKind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Who stands in for whom, set in the console and asked of the data plane.
@Timeout(120)
class ConsoleFallbackTest {

  private static JsonObject target(String provider, String model) {
    return new JsonObject().put("provider", provider).put("model", model);
  }

  private static JsonObject wanted(JsonArray... groups) {
    return new JsonObject()
        .put("enabled", true)
        .put("order", new JsonArray().add("gemini").add("openai").add("anthropic"))
        .put("strict", false)
        .put("refusals", false)
        .put("groups", new JsonArray(Arrays.asList(groups)));
  }

  private static JsonArray group(JsonObject... targets) {
    return new JsonArray(Arrays.asList(targets));
  }

  private static final JsonArray BEST =
      group(
          target("anthropic", "claude-opus-5-5"),
          target("openai", "gpt-6-sol"),
          target("gemini", "gemini-3.8-flash"));

  private static Browser owner(GatewayFixture fixture) throws Exception {
    Browser owner = Browser.at(fixture.gateway);
    assertThat(owner.setUp(fixture.gateway, "owner@example.org", "a long password").status())
        .isEqualTo(200);
    return owner;
  }

  private static void throttle(GatewayFixture fixture, String provider) {
    RateLimitKind kind =
        Arrays.stream(RateLimitKind.values())
            .filter(one -> one.name().startsWith("ANTHROPIC"))
            .findFirst()
            .orElseThrow();
    GatewayFixture.secrets(provider)
        .forEach(secret -> fixture.simulator.always(secret, Fault.rateLimited(kind)));
  }

  /// Who answered a message, or the status when nobody did.
  private static String answered(GatewayFixture fixture) throws Exception {
    Browser client = Browser.at(fixture.gateway);
    client.bearer = GatewayFixture.CLIENT_KEY;
    Browser.Reply reply =
        client.send(
            client.request(
                "POST",
                "/v1/messages",
                new JsonObject(
                    "{\"model\":\"claude-opus-5-5\",\"max_tokens\":20,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}")));
    return reply.status() == 200
        ? reply.header("x-forebay-provider")
        : Integer.toString(reply.status());
  }

  @Test
  void whatIsSetHoldsForTheNextRequest() throws Exception {
    try (GatewayFixture fixture = new GatewayFixture("maxWait: 0s")) {
      Browser owner = owner(fixture);
      throttle(fixture, "anthropic");
      assertThat(answered(fixture)).isEqualTo("429");

      Browser.Reply put = owner.call("PUT", "/fallback", wanted(BEST));
      assertThat(put.status()).as(put.response().body()).isEqualTo(200);
      assertThat(put.json().getJsonObject("settings")).isEqualTo(wanted(BEST));
      assertThat(answered(fixture)).isEqualTo("gemini");

      JsonObject openAiFirst =
          wanted(BEST).put("order", new JsonArray().add("openai").add("gemini"));
      owner.call("PUT", "/fallback", openAiFirst);
      assertThat(answered(fixture)).isEqualTo("openai");

      owner.call("PUT", "/fallback", openAiFirst.put("enabled", false));
      assertThat(answered(fixture)).isEqualTo("429");
      assertThat(owner.get("/fallback").json().getJsonObject("settings")).isEqualTo(openAiFirst);
      assertThat(
              owner
                  .get("/audit")
                  .json()
                  .getJsonArray("entries")
                  .getJsonObject(0)
                  .getString("detail"))
          .isEqualTo("off; groups 1; order openai, gemini");
    }
  }

  @Test
  void theTraceTellsWhoWasPassedOverAndWhatWasLeftOut() throws Exception {
    try (GatewayFixture fixture = new GatewayFixture("maxWait: 0s")) {
      Browser owner = owner(fixture);
      owner.call("PUT", "/fallback", wanted(BEST).put("order", new JsonArray().add("openai")));
      throttle(fixture, "anthropic");
      Browser client = Browser.at(fixture.gateway);
      client.bearer = GatewayFixture.CLIENT_KEY;
      JsonObject asked =
          new JsonObject(
              "{\"model\":\"claude-opus-5-5\",\"max_tokens\":20,\"top_k\":3,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
      String id =
          client.send(client.request("POST", "/v1/messages", asked)).header("x-forebay-request-id");

      JsonObject trace = owner.get("/requests/" + id).json();
      assertThat(trace.getJsonObject("summary").getString("provider")).isEqualTo("openai");
      JsonObject detour = trace.getJsonArray("detours").getJsonObject(0);
      assertThat(detour.getString("provider")).isEqualTo("anthropic");
      assertThat(detour.getString("model")).isEqualTo("claude-opus-5-5");
      assertThat(detour.getString("reason")).startsWith("5 keys: 5 throttled");
      assertThat(trace.getJsonArray("losses"))
          .contains(
              new JsonObject()
                  .put("path", "top_k")
                  .put("meaning", "the number of tokens to draw from"));
    }
  }

  @Test
  void whetherRefusalsCountIsSetHereToo() throws Exception {
    try (GatewayFixture fixture = new GatewayFixture("maxWait: 0s")) {
      Browser owner = owner(fixture);
      JsonObject settings = wanted(BEST).put("refusals", true);
      assertThat(owner.call("PUT", "/fallback", settings).status()).isEqualTo(200);
      assertThat(owner.get("/fallback").json().getJsonObject("settings")).isEqualTo(settings);
      assertThat(fixture.gateway.snapshot().routes().fallback().refusals()).isTrue();
    }
  }

  @Test
  void thePreviewTellsWhatAnswersAndWhyTheOthersDoNot() throws Exception {
    try (GatewayFixture fixture = new GatewayFixture("maxWait: 0s")) {
      Browser owner = owner(fixture);
      owner.call("PUT", "/fallback", wanted(BEST));
      throttle(fixture, "anthropic");
      answered(fixture);

      JsonArray models = owner.get("/fallback/preview").json().getJsonArray("models");
      assertThat(models)
          .extracting(model -> ((JsonObject) model).getString("model"))
          .containsExactly("claude-opus-5-5", "gpt-6-sol", "gemini-3.8-flash");
      JsonArray targets = models.getJsonObject(0).getJsonArray("targets");
      assertThat(targets)
          .extracting(target -> ((JsonObject) target).getString("provider"))
          .containsExactly("anthropic", "gemini", "openai");
      assertThat(targets)
          .extracting(target -> ((JsonObject) target).getString("state"))
          .containsExactly("cannot", "answers", "stands-by");
      assertThat(targets.getJsonObject(0).getString("reason"))
          .startsWith("5 keys: 5 throttled; next at");
      assertThat(targets.getJsonObject(0).getString("nextAt")).isNotEmpty();

      JsonArray one =
          owner.get("/fallback/preview?model=claude-sonnet-5").json().getJsonArray("models");
      assertThat(one).hasSize(1);
      assertThat(one.getJsonObject(0).getJsonArray("targets")).hasSize(1);
    }
  }

  @Test
  void whatCannotBeIsRefusedWithItsField() throws Exception {
    try (GatewayFixture fixture = new GatewayFixture()) {
      Browser owner = owner(fixture);
      JsonArray twice = group(target("openai", "gpt-6-sol"), target("openai", "gpt-6-luna"));
      JsonArray spaced = group(target("openai", "gpt 6"), target("gemini", "gemini-3.8-flash"));
      JsonArray again =
          group(target("openai", "gpt-6-sol"), target("anthropic", "claude-sonnet-5"));
      for (JsonObject wrong : List.of(wanted(twice), wanted(spaced), wanted(BEST, again))) {
        Browser.Reply reply = owner.call("PUT", "/fallback", wrong);
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().getJsonArray("fields").getJsonObject(0).getString("field"))
            .startsWith("groups.");
      }
      assertThat(
              owner
                  .call("PUT", "/fallback", wanted().put("order", new JsonArray().add("mistral")))
                  .status())
          .isEqualTo(422);
      assertThat(owner.get("/fallback").json().getJsonObject("settings").getJsonArray("groups"))
          .isEmpty();
    }
  }

  @Test
  void whatTheFileDeclaresIsReadOnly() throws Exception {
    try (GatewayFixture fixture =
        new GatewayFixture("fallback: { models: [[claude-opus-5-5, gpt-6-sol]], strict: on }")) {
      Browser owner = owner(fixture);
      JsonObject read = owner.get("/fallback").json();
      assertThat(read.getBoolean("managed")).isTrue();
      assertThat(read.getJsonObject("settings").getBoolean("strict")).isTrue();
      assertThat(read.getJsonObject("settings").getJsonArray("groups"))
          .isEqualTo(
              new JsonArray()
                  .add(
                      group(
                          target("anthropic", "claude-opus-5-5"), target("openai", "gpt-6-sol"))));
      assertThat(owner.call("PUT", "/fallback", wanted(BEST)).type()).isEqualTo("managed-by-file");
    }
  }

  @Test
  void servedModelsOfLikePriceAreSuggestedUntilTheyAreInAGroup() throws Exception {
    try (GatewayFixture fixture = new GatewayFixture()) {
      Browser owner = owner(fixture);
      JsonArray suggestions = owner.get("/fallback").json().getJsonArray("suggestions");
      assertThat(suggestions).isNotEmpty();
      JsonArray first = suggestions.getJsonArray(0);
      assertThat(first.size()).isGreaterThan(1);
      owner.call("PUT", "/fallback", wanted(first));
      assertThat(owner.get("/fallback").json().getJsonArray("suggestions").toString())
          .doesNotContain("\"" + first.getJsonObject(0).getString("model") + "\"");
    }
  }
}
