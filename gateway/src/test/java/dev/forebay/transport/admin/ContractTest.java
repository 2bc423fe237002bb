package dev.forebay.transport.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.transport.admin.Contract.Found;
import dev.forebay.transport.admin.Contract.Unknown;
import dev.forebay.transport.admin.Contract.WrongMethod;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ContractTest {

  private static final Contract CONTRACT = Contract.load(ContractTest.class.getClassLoader());

  private static List<String> wrong(String call, String json) {
    List<Problem.Field> wrong = new ArrayList<>();
    Objects.requireNonNull(call(call).body()).check("", new JsonObject(json), wrong);
    return wrong.stream().map(field -> field.field() + ": " + field.message()).toList();
  }

  private static ApiCall call(String id) {
    return CONTRACT.calls().stream().filter(call -> call.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void findsCallsByMethodAndPath() {
    assertThat(CONTRACT.route("GET", "/keys/a%2Fb"))
        .isEqualTo(new Found(call("getKey"), Map.of("id", "a/b")));
    assertThat(CONTRACT.route("POST", "/google/consents/complete"))
        .isEqualTo(new Found(call("completeGoogleConsent"), Map.of()));
    assertThat(CONTRACT.route("PUT", "/google/accounts/k1/project"))
        .isEqualTo(new Found(call("chooseGoogleProject"), Map.of("id", "k1")));
    assertThat(CONTRACT.route("POST", "/keys/import"))
        .isEqualTo(new Found(call("importKeys"), Map.of()));
    assertThat(CONTRACT.route("PUT", "/keys")).isEqualTo(new WrongMethod(List.of("GET", "POST")));
    assertThat(CONTRACT.route("GET", "/keys/")).isInstanceOf(Unknown.class);
    assertThat(CONTRACT.route("GET", "/nothing")).isInstanceOf(Unknown.class);
  }

  @Test
  void saysWhatIsWrongWithABody() {
    assertThat(wrong("signIn", "{\"email\":\"a@b\",\"password\":\"x\"}")).isEmpty();
    assertThat(wrong("signIn", "{\"email\":\"a@b\",\"pass\":\"x\"}"))
        .containsExactlyInAnyOrder("password: is required", "pass: is not known here");
    assertThat(wrong("editKey", "{\"priority\":11,\"dailyTokens\":null}"))
        .singleElement()
        .asString()
        .startsWith("priority: ");
    assertThat(wrong("createClientKey", "{\"name\":\"x\",\"limits\":{\"tokensPerDay\":\"many\"}}"))
        .singleElement()
        .asString()
        .startsWith("limits.tokensPerDay: ");
    assertThat(wrong("startGoogleConsent", "{}")).isEmpty();
    assertThat(wrong("startGoogleConsent", "{\"loopbackPort\":80}"))
        .singleElement()
        .asString()
        .startsWith("loopbackPort: ");
    assertThat(wrong("startGoogleConsent", "{\"redirectUri\":\"https://evil.example\"}"))
        .containsExactly("redirectUri: is not known here");
    assertThat(wrong("completeGoogleConsent", "{\"code\":\"4/x\"}"))
        .containsExactly("state: is required");
    assertThat(wrong("putGoogleClient", "{\"clientId\":\"a\",\"publishing\":\"soon\"}"))
        .singleElement()
        .asString()
        .startsWith("publishing: ");
    assertThat(wrong("actOnKeys", "{\"action\":\"explode\",\"ids\":[]}")).hasSize(2);
  }

  @Test
  void readsParametersAsTheirTypes() {
    List<Problem.Field> wrong = new ArrayList<>();
    assertThat(call("searchRequests").values(Map.of(), Map.of("limit", "20"), wrong))
        .containsEntry("limit", 20L);
    assertThat(call("getTraffic").values(Map.of(), Map.of(), wrong)).containsEntry("seconds", 300);
    assertThat(wrong).isEmpty();
    call("getTraffic").values(Map.of(), Map.of("seconds", "many"), wrong);
    call("getUsage").values(Map.of(), Map.of("from", "yesterday"), wrong);
    assertThat(wrong.stream().map(Problem.Field::field)).containsExactly("seconds", "from", "to");
  }
}
