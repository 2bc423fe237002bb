package dev.forebay.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ConsoleSignInTest {

  private final ConsoleFixture console = new ConsoleFixture();

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void nothingIsReachableWithoutBeingSignedIn() throws Exception {
    Browser visitor = console.browser();
    assertThat(visitor.get("/keys").type()).isEqualTo("not-signed-in");
    assertThat(visitor.get("/events").status()).isEqualTo(401);
    assertThat(visitor.post("/keys", new JsonObject()).status()).isEqualTo(401);
    assertThat(visitor.post("/assistant/v1/chat/completions", new JsonObject()).status())
        .isEqualTo(401);
    assertThat(visitor.get("/session").json().getString("state")).isEqualTo("setup");
    assertThat(visitor.get("/nothing").type()).isEqualTo("not-found");
  }

  @Test
  void theSetUpLinkWorksOnce() throws Exception {
    Browser owner = console.browser();
    Browser.Reply made =
        owner.setUp(console.gateway, ConsoleFixture.OWNER, ConsoleFixture.PASSWORD);
    assertThat(made.status()).isEqualTo(200);
    assertThat(made.header("set-cookie"))
        .startsWith("forebay_session=")
        .containsIgnoringCase("HttpOnly")
        .contains("SameSite=Strict", "Path=/")
        .doesNotContain("Secure");
    assertThat(made.header("cache-control")).isEqualTo("no-store");
    assertThat(owner.get("/session").json().getJsonObject("person").getString("role"))
        .isEqualTo("owner");
    assertThat(owner.get("/keys").status()).isEqualTo(200);

    Browser other = console.browser();
    assertThat(other.setUp(console.gateway, "other@example.org", "another long password").status())
        .isIn(401, 409);
    assertThat(other.get("/session").json().getString("state")).isEqualTo("signed-out");
  }

  @Test
  void aWrongPasswordIsRefusedAndTriesAreSlowedDown() throws Exception {
    console.owner();
    Browser visitor = console.browser();
    assertThat(visitor.signIn(ConsoleFixture.OWNER, "wrong").type()).isEqualTo("wrong-password");
    assertThat(visitor.signIn("nobody@example.org", "wrong").type()).isEqualTo("wrong-password");
    Browser.Reply last = visitor.signIn(ConsoleFixture.OWNER, "wrong again");
    for (int i = 0; i < 30 && last.status() != 429; i++) {
      last = visitor.signIn(ConsoleFixture.OWNER, "wrong " + i);
    }
    assertThat(last.status()).isEqualTo(429);
    assertThat(last.type()).isEqualTo("too-many-attempts");
    assertThat(Integer.parseInt(last.header("retry-after"))).isPositive();
  }

  @Test
  void signingOutEndsTheSession() throws Exception {
    Browser owner = console.owner();
    String cookie = owner.cookie;
    assertThat(owner.delete("/session").status()).isEqualTo(204);
    assertThat(owner.cookie).isEqualTo("forebay_session=");
    owner.cookie = cookie;
    assertThat(owner.get("/keys").type()).isEqualTo("not-signed-in");
  }

  @Test
  void aSessionExpiresWhenItIsNotUsed() throws Exception {
    Browser owner = console.owner();
    console.skip(Duration.ofDays(3));
    assertThat(owner.get("/keys").status()).isEqualTo(200);
    console.skip(Duration.ofDays(8));
    assertThat(owner.get("/keys").type()).isEqualTo("not-signed-in");
    assertThat(owner.get("/session").json().getString("state")).isEqualTo("signed-out");
  }

  @Test
  void changesWithoutTheSessionsTokenAreRefused() throws Exception {
    Browser owner = console.owner();
    String csrf = owner.csrf;
    owner.csrf = null;
    assertThat(owner.patch("/settings", new JsonObject()).type()).isEqualTo("csrf");
    owner.csrf = "made up";
    assertThat(owner.patch("/settings", new JsonObject()).type()).isEqualTo("csrf");
    owner.csrf = csrf;
    assertThat(owner.patch("/settings", new JsonObject()).status()).isEqualTo(200);
    Browser.Reply elsewhere =
        owner.send(
            owner
                .request("PATCH", "/api/v1/settings", new JsonObject())
                .header("origin", "https://evil.example"));
    assertThat(elsewhere.type()).isEqualTo("csrf");
    Browser.Reply here =
        owner.send(
            owner
                .request("PATCH", "/api/v1/settings", new JsonObject())
                .header("origin", console.gateway.address().url()));
    assertThat(here.status()).isEqualTo(200);
    Browser.Reply signIn =
        owner.send(
            owner
                .request(
                    "POST",
                    "/api/v1/session",
                    new JsonObject().put("email", "x@y.z").put("password", "p"))
                .header("origin", "https://evil.example"));
    assertThat(signIn.type()).isEqualTo("csrf");
  }

  @Test
  void behindHttpsTheCookieIsSecure() throws Exception {
    console.owner();
    Browser browser = console.browser();
    Browser.Reply reply =
        browser.send(
            browser
                .request(
                    "POST",
                    "/api/v1/session",
                    new JsonObject()
                        .put("email", ConsoleFixture.OWNER)
                        .put("password", ConsoleFixture.PASSWORD))
                .header("x-forwarded-proto", "https"));
    assertThat(reply.header("set-cookie")).contains("Secure");
    assertThat(reply.header("strict-transport-security")).isNotEmpty();
  }

  @Test
  void apiTokensNeedNeitherCookieNorCsrf() throws Exception {
    Browser owner = console.owner();
    Browser.Reply made = owner.post("/account/tokens", new JsonObject().put("name", "script"));
    assertThat(made.status()).isEqualTo(201);
    Browser script = console.browser();
    script.bearer = made.json().getString("secret");
    assertThat(script.bearer).startsWith("fbt-");
    assertThat(script.get("/keys").status()).isEqualTo(200);
    assertThat(script.patch("/settings", new JsonObject()).status()).isEqualTo(200);
    String id = made.json().getJsonObject("token").getString("id");
    assertThat(owner.delete("/account/tokens/" + id).status()).isEqualTo(204);
    assertThat(script.get("/keys").type()).isEqualTo("not-signed-in");
  }

  @Test
  void sessionsAreListedAndRevoked() throws Exception {
    Browser owner = console.owner();
    Browser other = console.owner();
    assertThat(owner.get("/account/sessions").list()).hasSize(2);
    JsonObject mine =
        owner.get("/account/sessions").list().stream()
            .map(JsonObject.class::cast)
            .filter(session -> session.getBoolean("current"))
            .findFirst()
            .orElseThrow();
    assertThat(mine.getString("address")).isEqualTo("127.0.0.1");
    assertThat(owner.delete("/account/sessions").status()).isEqualTo(204);
    assertThat(other.get("/keys").status()).isEqualTo(401);
    assertThat(owner.get("/keys").status()).isEqualTo(200);
    assertThat(owner.delete("/account/sessions/nobody").status()).isEqualTo(404);
  }

  @Test
  void aPasswordIsChangedByWhoKnowsIt() throws Exception {
    Browser owner = console.owner();
    JsonObject change =
        new JsonObject().put("current", "wrong").put("next", "another long password");
    assertThat(owner.call("PUT", "/account/password", change).type()).isEqualTo("wrong-password");
    change.put("current", ConsoleFixture.PASSWORD);
    assertThat(owner.call("PUT", "/account/password", change).status()).isEqualTo(204);
    Browser visitor = console.browser();
    assertThat(visitor.signIn(ConsoleFixture.OWNER, ConsoleFixture.PASSWORD).status())
        .isEqualTo(401);
    assertThat(visitor.signIn(ConsoleFixture.OWNER, "another long password").status())
        .isEqualTo(200);
    change.put("next", "short");
    assertThat(owner.call("PUT", "/account/password", change).json().getJsonArray("fields"))
        .hasSize(1);
  }
}
