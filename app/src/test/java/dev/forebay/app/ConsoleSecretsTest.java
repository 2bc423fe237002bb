package dev.forebay.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/// Puts marked secrets wherever a secret can be put, and looks for them wherever text comes out.
@Timeout(180)
class ConsoleSecretsTest {

  private static final String MARK = "xMARKx";
  private static final String KEY = "sk-test-" + MARK + "-provider-key-0123456789";
  private static final String PASSWORD = MARK + " the owner's password";

  @Test
  void noSecretIsInAResponseTheFeedOrALog() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level before = root.getLevel();
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    root.addAppender(log);
    root.setLevel(Level.DEBUG);
    List<String> out = new ArrayList<>();
    try (ConsoleFixture console = new ConsoleFixture()) {
      Browser owner = console.browser();
      owner.setUp(console.gateway, ConsoleFixture.OWNER, PASSWORD);
      List<String> feed = new ArrayList<>();
      try (var lines = owner.follow("pool,requests").body()) {
        Thread reader = Thread.ofVirtual().start(() -> lines.forEach(feed::add));
        talk(console, owner);
        assertThat(owner.delete("/session").status()).isEqualTo(204);
        reader.join();
      }
      out.addAll(owner.seen);
      out.addAll(feed);
      Browser visitor = console.browser();
      visitor.signIn(ConsoleFixture.OWNER, MARK + " wrong");
      visitor.bearer = "fbt-" + MARK;
      visitor.get("/keys");
      visitor.send(visitor.request("GET", "/v1/models?key=" + MARK + MARK + MARK, null));
      for (String path : List.of("/", "/api/docs", "/api/v1/openapi.yaml", "/metrics", "/keys")) {
        visitor.send(visitor.request("GET", path, null));
      }
      out.addAll(visitor.seen);
      out.add(console.accessLog.toString(StandardCharsets.UTF_8));
    } finally {
      root.detachAppender(log);
      root.setLevel(before);
    }
    out.add(
        log.list.stream()
            .map(event -> event.getFormattedMessage() + " " + event.getThrowableProxy())
            .collect(Collectors.joining("\n")));
    assertThat(out).hasSizeGreaterThan(30);
    assertThat(out).noneMatch(text -> text.contains(MARK));
  }

  private static void talk(ConsoleFixture console, Browser owner) throws Exception {
    JsonObject key =
        new JsonObject()
            .put("secret", KEY)
            .put("provider", "openai")
            .put("name", "marked")
            .put("baseUrl", console.simulator.origin());
    assertThat(owner.post("/keys", key.copy().put("test", true)).status()).isEqualTo(422);
    Browser.Reply made = owner.post("/keys", key);
    assertThat(made.status()).isEqualTo(201);
    String id = made.json().getJsonObject("key").getString("id");
    owner.post("/keys", key.copy().put("name", "again"));
    owner.post("/keys", key.copy().put("priority", 99));
    owner.post("/keys", key.copy().put("secret", MARK + "\n" + MARK));
    owner.post(
        "/keys/test",
        new JsonObject()
            .put("secret", KEY)
            .put("provider", "openai")
            .put("baseUrl", "http://127.0.0.1:9"));
    String text = KEY + "\n" + "two words and " + MARK + "\nopenai, twice, " + KEY + "\n";
    JsonObject paste =
        new JsonObject().put("text", text).put("baseUrl", console.simulator.origin());
    owner.post("/keys/import", paste.copy().put("dryRun", true));
    owner.post("/keys/import", paste.copy().put("dryRun", false));
    owner.patch("/keys/" + id, new JsonObject().put("secret", KEY + "-other"));
    owner.post("/keys/" + id + "/test", null);
    owner.post("/keys/" + id + "/pause", null);
    owner.post("/keys/" + id + "/resume", null);
    owner.call(
        "PUT",
        "/account/password",
        new JsonObject().put("current", MARK).put("next", MARK + " next password"));
    for (int i = 0; i < 5; i++) {
      console.chat();
    }
    for (String path :
        List.of(
            "/keys",
            "/pool",
            "/pool/traffic",
            "/people",
            "/audit",
            "/settings",
            "/client-keys",
            "/requests",
            "/models",
            "/account/sessions",
            "/account/tokens",
            "/session",
            "/usage?from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z&groupBy=key",
            "/usage.csv?from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z&groupBy=client")) {
      owner.get(path);
    }
  }
}
