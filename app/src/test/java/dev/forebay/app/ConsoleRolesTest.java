package dev.forebay.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.yaml.snakeyaml.Yaml;

/// Walks every call of the contract as everybody there is.
@Timeout(180)
class ConsoleRolesTest {

  /// Written out once more on purpose: a change of the door must be meant.
  private static final Set<String> FOR_ANYBODY =
      Set.of("getSession", "signIn", "signInByLink", "setUp", "acceptInvitation");

  private static final Set<String> FOR_MEMBERS =
      Set.of(
          "signOut",
          "editAccount",
          "changePassword",
          "listSessions",
          "revokeSession",
          "revokeOtherSessions",
          "listTokens",
          "createToken",
          "revokeToken",
          "streamEvents",
          "listClientKeys",
          "createClientKey",
          "editClientKey",
          "revokeClientKey",
          "getUsage",
          "exportUsage",
          "searchRequests",
          "getRequest",
          "listModels");

  record Call(String id, String method, String path, boolean body) {}

  @SuppressWarnings("unchecked")
  private static List<Call> calls() throws Exception {
    try (InputStream in = ConsoleRolesTest.class.getResourceAsStream("/openapi/openapi.yaml")) {
      Map<String, Map<String, Map<String, Map<String, Object>>>> document = new Yaml().load(in);
      List<Call> calls = new ArrayList<>();
      Objects.requireNonNull(document.get("paths"))
          .forEach((path, methods) ->
              ((Map<String, Object>) (Map<?, ?>) methods)
                  .forEach((method, operation) -> {
                    if (operation instanceof Map<?, ?> map) {
                      calls.add(
                          new Call(
                              String.valueOf(map.get("operationId")),
                              method.toUpperCase(java.util.Locale.ROOT),
                              path.replace("{id}", "nobody"),
                              map.containsKey("requestBody")));
                    }
                  }));
      return calls;
    }
  }

  /// Bodies are wrong on purpose: whoever gets as far as the check of the body was let in.
  private static int status(Browser browser, Call call) throws Exception {
    if (call.id().equals("streamEvents")) {
      try (var lines = browser.follow("none").body()) {
        return lines.findFirst().isPresent() ? 200 : 0;
      }
    }
    Object body = call.body() ? new JsonObject().put("walked", true) : null;
    return browser.call(call.method(), call.path(), body).status();
  }

  @Test
  void everyCallKnowsWhoMayMakeIt() throws Exception {
    try (ConsoleFixture console = new ConsoleFixture()) {
      Browser owner = console.owner();
      Browser admin = owner.invited("admin@example.org", "admin", "the admin's password");
      Browser member = owner.invited("member@example.org", "member", "the member's password");
      assertThat(admin.csrf).isNotNull();
      assertThat(member.csrf).isNotNull();
      assertThat(calls()).hasSizeGreaterThan(40);
      for (Call call : calls()) {
        if (Set.of("signOut", "revokeOtherSessions", "streamEvents").contains(call.id())) {
          continue;
        }
        boolean anybody = FOR_ANYBODY.contains(call.id());
        boolean members = anybody || FOR_MEMBERS.contains(call.id());
        int asVisitor = status(console.browser(), call);
        assertThat(asVisitor == 401)
            .as("%s as a visitor: %d", call.id(), asVisitor)
            .isEqualTo(!anybody);
        int asMember = status(member, call);
        assertThat(asMember == 403)
            .as("%s as a member: %d", call.id(), asMember)
            .isEqualTo(!members);
        assertThat(status(admin, call)).as("%s as an admin", call.id()).isNotIn(401, 403, 500);
        assertThat(status(owner, call)).as("%s as the owner", call.id()).isNotIn(401, 403, 500);
      }
    }
  }

  @Test
  void membersSeeNoProviderKeysAnywhere() throws Exception {
    try (ConsoleFixture console = new ConsoleFixture()) {
      Browser owner = console.owner();
      Browser member = owner.invited("member@example.org", "member", "the member's password");
      Browser.Reply made = member.post("/client-keys", new JsonObject().put("name", "mine"));
      Browser client = console.browser();
      client.bearer = made.json().getString("secret");
      Browser.Reply asked =
          client.send(
              client.request(
                  "POST",
                  "/v1/chat/completions",
                  new JsonObject(
                      "{\"model\":\"gpt-6-sol\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}")));
      assertThat(asked.status()).isEqualTo(200);
      String id = asked.header("x-forebay-request-id");
      console.chat();

      JsonObject trace = member.get("/requests/" + id).json();
      assertThat(trace.getJsonObject("summary").containsKey("keyName")).isFalse();
      assertThat(trace.getJsonArray("attempts")).isEmpty();
      JsonObject full = owner.get("/requests/" + id).json();
      assertThat(full.getJsonArray("attempts")).hasSize(1);
      assertThat(full.getJsonArray("attempts").getJsonObject(0).getString("keyName"))
          .isEqualTo("a");
      String foreign = console.chat().header("x-forebay-request-id");
      assertThat(member.get("/requests/" + foreign).status()).isEqualTo(404);
      assertThat(
              member
                  .get("/usage?groupBy=key&from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z")
                  .status())
          .isEqualTo(403);
    }
  }
}
