package dev.forebay.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ConsoleKeysTest {

  private final ConsoleFixture console = new ConsoleFixture();

  @AfterEach
  void stop() {
    console.close();
  }

  private JsonObject key(String letter, int priority) {
    return new JsonObject()
        .put("secret", "sk-test-" + letter + "-0123456789")
        .put("provider", "openai")
        .put("name", letter)
        .put("baseUrl", console.simulator.origin())
        .put("priority", priority);
  }

  private String served() throws Exception {
    Browser.Reply reply = console.chat();
    assertThat(reply.status()).isEqualTo(200);
    return reply.header("x-forebay-key");
  }

  @Test
  void whatIsChangedHoldsForTheNextRequestAndKeepsWhatIsKnown() throws Exception {
    Browser owner = console.owner();
    assertThat(served()).isEqualTo("a");
    Browser.Reply made = owner.post("/keys", key("b", 8).put("test", true));
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.json().getJsonObject("test").getString("verdict")).isEqualTo("accepted");
    String id = made.json().getJsonObject("key").getString("id");
    assertThat(served()).isEqualTo("b");

    assertThat(owner.patch("/keys/" + id, new JsonObject().put("priority", 1)).status())
        .isEqualTo(200);
    assertThat(served()).isEqualTo("a");
    assertThat(owner.patch("/keys/" + id, new JsonObject().put("priority", 9)).status())
        .isEqualTo(200);
    JsonObject health = health(owner, "b");
    assertThat(health.getLong("served")).isEqualTo(1);
    assertThat(health.getJsonObject("budget").getLong("usedTokens")).isPositive();
    assertThat(health.getString("suffix")).isEqualTo("6789");

    Browser.Reply paused = owner.post("/keys/" + id + "/pause", null);
    assertThat(paused.json().getJsonObject("state"))
        .isEqualTo(
            new JsonObject()
                .put("state", "paused")
                .put("reason", "switched off")
                .put("saidBy", "person"));
    assertThat(served()).isEqualTo("a");
    assertThat(owner.post("/keys/" + id + "/resume", null).status()).isEqualTo(200);
    assertThat(served()).isEqualTo("b");

    assertThat(owner.patch("/keys/" + id, new JsonObject().put("dailyTokens", 1)).status())
        .isEqualTo(200);
    assertThat(served()).isEqualTo("a");
    assertThat(health(owner, "b").getJsonObject("state").getString("state"))
        .isEqualTo("over-budget");
    assertThat(owner.delete("/keys/" + id).status()).isEqualTo(204);
    assertThat(owner.get("/keys/" + id).status()).isEqualTo(404);
    assertThat(served()).isEqualTo("a");
  }

  private static JsonObject health(Browser owner, String name) throws Exception {
    return owner.get("/pool").json().getJsonArray("keys").stream()
        .map(JsonObject.class::cast)
        .filter(key -> key.getString("name").equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void badRequestsSayWhichFieldIsWrong() throws Exception {
    Browser owner = console.owner();
    Browser.Reply reply =
        owner.post("/keys", key("b", 11).put("dailyTokens", "many").put("colour", "red"));
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
    assertThat(fields(reply)).containsExactlyInAnyOrder("priority", "dailyTokens", "colour");
    assertThat(owner.post("/keys", new JsonArray()).status()).isEqualTo(422);
    assertThat(owner.get("/usage?from=yesterday&to=2026-01-01T00:00:00Z").status()).isEqualTo(422);
    assertThat(owner.get("/pool/traffic?seconds=5").status()).isEqualTo(422);
    assertThat(owner.call("PUT", "/keys", new JsonObject()).status()).isEqualTo(405);
    assertThat(owner.post("/keys", new JsonObject().put("secret", "x".repeat(5 << 20))).status())
        .isEqualTo(413);
  }

  private static List<String> fields(Browser.Reply reply) {
    return reply.json().getJsonArray("fields").stream()
        .map(field -> ((JsonObject) field).getString("field"))
        .toList();
  }

  @Test
  void keysOfTheFileAreReadOnlyButCanBePaused() throws Exception {
    Browser owner = console.owner();
    JsonObject a = (JsonObject) owner.get("/keys").list().getValue(0);
    assertThat(a.getString("source")).isEqualTo("file");
    String path = "/keys/" + Browser.encoded(a.getString("id"));
    assertThat(owner.patch(path, new JsonObject().put("priority", 1)).type())
        .isEqualTo("managed-by-file");
    assertThat(owner.post(path + "/pause", null).status()).isEqualTo(200);
    assertThat(owner.post(path + "/resume", null).status()).isEqualTo(200);
    assertThat(owner.post(path + "/test", null).json().getString("verdict")).isEqualTo("accepted");
    assertThat(owner.post(path + "/recover", null).status()).isEqualTo(200);
  }

  @Test
  void manyKeysArePastedAtOnce() throws Exception {
    Browser owner = console.owner();
    JsonObject paste =
        new JsonObject()
            .put("text", "b, sk-test-b-0123456789\nsk-test-c-0123456789\nsk-test-c-0123456789\nx\n")
            .put("provider", "openai")
            .put("baseUrl", console.simulator.origin())
            .put("dryRun", true);
    JsonObject preview = owner.post("/keys/import", paste).json();
    assertThat(preview.getInteger("added")).isEqualTo(2);
    assertThat(preview.getInteger("duplicates")).isEqualTo(1);
    assertThat(preview.getInteger("bad")).isEqualTo(1);
    assertThat(owner.get("/keys").list()).hasSize(1);
    assertThat(owner.post("/keys/import", paste.put("dryRun", false)).status()).isEqualTo(200);
    assertThat(owner.get("/keys").list()).hasSize(3);
  }

  @Test
  void aSecretIsTriedWithoutBeingAdded() throws Exception {
    Browser owner = console.owner();
    JsonObject secret =
        new JsonObject()
            .put("secret", "sk-unknown-0123456789")
            .put("provider", "openai")
            .put("baseUrl", console.simulator.origin());
    assertThat(owner.post("/keys/test", secret).json().getString("verdict")).isEqualTo("refused");
    secret.put("secret", "sk-test-b-0123456789");
    JsonObject taken = owner.post("/keys/test", secret).json();
    assertThat(taken.getString("verdict")).isEqualTo("accepted");
    assertThat(taken.getJsonArray("models")).isNotEmpty();
    secret.put("baseUrl", "http://127.0.0.1:9");
    assertThat(owner.post("/keys/test", secret).json().getString("verdict"))
        .isEqualTo("unreachable");
  }

  @Test
  void theAssistantIsServedAsThePerson() throws Exception {
    Browser owner = console.owner();
    JsonObject chat =
        new JsonObject(
            "{\"model\":\"gpt-6-sol\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
    Browser.Reply reply = owner.post("/assistant/v1/chat/completions", chat);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("x-forebay-key")).isEqualTo("a");
    assertThat(reply.json().getJsonArray("choices")).hasSize(1);
    assertThat(owner.get("/assistant/v1/models").status()).isEqualTo(200);
    owner.csrf = null;
    assertThat(owner.post("/assistant/v1/chat/completions", chat).type()).isEqualTo("csrf");
  }

  @Test
  void clientKeysWorkAtOnceAndUntilTheyAreRevoked() throws Exception {
    Browser owner = console.owner();
    Browser.Reply made = owner.post("/client-keys", new JsonObject().put("name", "phone"));
    assertThat(made.status()).isEqualTo(201);
    Browser client = console.browser();
    client.bearer = made.json().getString("secret");
    assertThat(client.send(client.request("GET", "/v1/models", null)).status()).isEqualTo(200);
    String id = made.json().getJsonObject("clientKey").getString("id");
    assertThat(owner.delete("/client-keys/" + id).status()).isEqualTo(204);
    assertThat(client.send(client.request("GET", "/v1/models", null)).status()).isEqualTo(401);
  }

  @Test
  void settingsTakeEffect() throws Exception {
    Browser owner = console.owner();
    Browser.Reply reply =
        owner.patch(
            "/settings",
            new JsonObject()
                .put("timeZone", "Europe/Berlin")
                .put("maxWait", 1234)
                .putNull("retention"));
    assertThat(reply.json().getString("timeZone")).isEqualTo("Europe/Berlin");
    assertThat(reply.json().getInteger("maxWait")).isEqualTo(1234);
    assertThat(console.gateway.snapshot().zone().getId()).isEqualTo("Europe/Berlin");
    assertThat(owner.patch("/settings", new JsonObject().put("timeZone", "Nowhere")).status())
        .isEqualTo(422);
    List<String> actions =
        owner.get("/audit").json().getJsonArray("entries").stream()
            .map(entry -> ((JsonObject) entry).getString("action"))
            .toList();
    assertThat(actions).anyMatch(action -> action.startsWith("setting"));
  }
}
