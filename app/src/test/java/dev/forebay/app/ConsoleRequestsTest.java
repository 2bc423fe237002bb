package dev.forebay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.simulator.Fault;
import dev.forebay.simulator.RateLimitKind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ConsoleRequestsTest {

  private final ConsoleFixture console =
      new ConsoleFixture(
          "  - { provider: openai, name: off, secret: sk-test-b-0123456789, paused: true }\n");

  @AfterEach
  void stop() {
    console.close();
  }

  private static JsonArray search(Browser browser, String query) throws Exception {
    JsonArray found = browser.get("/requests?" + query).json().getJsonArray("requests");
    // Rows are written in batches.
    for (int i = 0; i < 200 && found.isEmpty(); i++) {
      found = browser.get("/requests?" + query).json().getJsonArray("requests");
    }
    return found;
  }

  @Test
  void aTraceTellsWhatWasDecidedAndWhy() throws Exception {
    Browser owner = console.owner();
    String id = console.chat().header("x-forebay-request-id");
    JsonObject trace = owner.get("/requests/" + id).json();
    assertThat(trace.getBoolean("complete")).isTrue();
    assertThat(trace.getJsonObject("summary").getString("end")).isEqualTo("completed");
    assertThat(trace.getJsonObject("usage").getLong("output")).isPositive();
    JsonObject attempt = trace.getJsonArray("attempts").getJsonObject(0);
    assertThat(attempt.getString("outcome")).isEqualTo("served");
    assertThat(attempt.getInteger("tier")).isEqualTo(5);
    assertThat(attempt.getJsonArray("skipped"))
        .isEqualTo(
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("reason", "paused")
                        .put("keys", 1)
                        .put("names", new JsonArray().add("off"))));
    assertThat(trace.containsKey("bodies")).isFalse();

    JsonArray found = search(owner, "limit=5&outcome=ok");
    assertThat(found.getJsonObject(0).getString("id")).isEqualTo(id);
    assertThat(found.getJsonObject(0).getString("keyName")).isEqualTo("a");
    assertThat(owner.get("/requests/nobody").status()).isEqualTo(404);
    String from = "from=2020-01-01T00:00:00Z&to=2023-01-01T00:00:00Z";
    assertThat(owner.get("/usage?" + from).json().getJsonArray("groups")).hasSize(1);
    assertThat(owner.get("/usage.csv?" + from).header("content-type")).startsWith("text/csv");
  }

  @Test
  void everyRefusalOfARequestIsTold() throws Exception {
    Browser owner = console.owner();
    console.simulator.script(
        "sk-test-a-0123456789", Fault.rateLimited(RateLimitKind.OPENAI_INSUFFICIENT_QUOTA));
    String id = console.chat().header("x-forebay-request-id");
    JsonObject attempt =
        owner.get("/requests/" + id).json().getJsonArray("attempts").getJsonObject(0);
    assertThat(attempt.getString("outcome")).isEqualTo("throttled");
    assertThat(attempt.getInteger("status")).isEqualTo(429);
    assertThat(attempt.getString("reason")).isNotEmpty();

    JsonArray shortfalls = owner.get("/requests/" + id).json().getJsonArray("shortfalls");
    assertThat(shortfalls).hasSize(1);
    JsonObject cooling = shortfalls.getJsonObject(0);
    assertThat(cooling.getString("limitGroup")).isEqualTo("a");
    assertThat(cooling.getString("reason")).isNotEmpty();
    assertThat(cooling.getString("until")).isNotEmpty();
  }

  @Test
  void bodiesAreKeptOnlyWhenThatIsSwitchedOn() throws Exception {
    Browser owner = console.owner();
    assertThat(owner.patch("/settings", new JsonObject().put("keepBodies", true)).status())
        .isEqualTo(200);
    String id = console.chat().header("x-forebay-request-id");
    JsonObject bodies = owner.get("/requests/" + id).json().getJsonObject("bodies");
    assertThat(bodies.getString("request")).contains("gpt-6-sol");
    assertThat(bodies.getString("response")).contains("choices");
    assertThat(owner.patch("/settings", new JsonObject().putNull("keepBodies")).status())
        .isEqualTo(200);
    assertThat(owner.get("/requests/" + id).json().containsKey("bodies")).isFalse();
  }

  @Test
  void aPriceOfOnesOwnHoldsForTheNextRequest() throws Exception {
    Browser owner = console.owner();
    JsonObject price =
        new JsonObject()
            .put("provider", "openai")
            .put("model", "gpt-6-sol")
            .put("price", new JsonObject().put("input", 1000).put("output", 1000));
    JsonObject model = owner.call("PUT", "/models/prices", price).json();
    assertThat(model.getString("priceSource")).isEqualTo("console");
    String id = console.chat().header("x-forebay-request-id");
    JsonObject usage = owner.get("/requests/" + id).json().getJsonObject("usage");
    assertThat(usage.getDouble("usd"))
        .isEqualTo((usage.getLong("freshInput") + usage.getLong("output")) * 1e-3);
    price.getJsonObject("price").put("input", 0.00001);
    assertThat(owner.call("PUT", "/models/prices", price).status()).isEqualTo(422);
    String path = "/models/prices?provider=openai&model=gpt-6-sol";
    assertThat(owner.delete(path).status()).isEqualTo(204);
    assertThat(owner.delete(path).status()).isEqualTo(404);
  }
}
