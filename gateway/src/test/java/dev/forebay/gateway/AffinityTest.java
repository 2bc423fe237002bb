package dev.forebay.gateway;

import static dev.forebay.testing.ScriptedProvider.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Provider;
import dev.forebay.exchange.AttemptReport;
import dev.forebay.exchange.CacheKeys;
import dev.forebay.pool.Homing;
import dev.forebay.testing.TestGateway;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AffinityTest extends GatewayTest {

  private static String chat(String first, String more) {
    return "{\"model\":\"gpt-6-sol\",\"messages\":[{\"role\":\"user\",\"content\":\""
        + first
        + "\"}"
        + more
        + "]}";
  }

  private TestGateway.Builder four(Provider provider) {
    TestGateway.Builder builder = TestGateway.builder(vertx);
    for (String key : List.of("a", "b", "c", "d")) {
      provider(key, provider);
      builder.key(provider, key, this.provider.port());
    }
    return builder;
  }

  private void provider(String key, Provider provider) {
    this.provider.on(
        key, status(200, provider == Provider.OPENAI ? Answers.CHAT : Answers.MESSAGE));
  }

  @Test
  void everyTurnOfAConversationGoesToTheSameKey() throws Exception {
    try (TestGateway gateway = four(Provider.OPENAI).start()) {
      Set<String> homes = new HashSet<>();
      for (int conversation = 0; conversation < 4; conversation++) {
        String first = "conversation " + conversation;
        gateway.chat(chat(first, ""));
        AttemptReport placed = gateway.listener.next().attempts().getFirst();
        homes.add(placed.keyId());
        assertThat(placed.homing())
          .extracting(Homing::home, Homing::end)
          .containsExactly(null, Homing.End.PLACED);

        for (int turn = 0; turn < 3; turn++) {
          gateway.chat(
              chat(
                  first,
                  ",{\"role\":\"assistant\",\"content\":\"yes\"},{\"role\":\"user\",\"content\":\"go on\"}"));
          AttemptReport kept = gateway.listener.next().attempts().getFirst();
          assertThat(kept.keyId()).isEqualTo(placed.keyId());
          assertThat(kept.homing())
          .extracting(Homing::home, Homing::end)
          .containsExactly("key:" + placed.keyId(), Homing.End.KEPT);
        }
      }
      assertThat(homes).hasSize(4);
    }
  }

  @Test
  void theClientsOwnSessionNamesTheConversation() throws Exception {
    try (TestGateway gateway = four(Provider.ANTHROPIC).start()) {
      Set<String> keys = new HashSet<>();
      for (int i = 0; i < 6; i++) {
        gateway.send(
            gateway
                .post("/v1/messages", Answers.MESSAGES_REQUEST.replace("hi", "turn " + i))
                .header("anthropic-version", "2023-06-01")
                .header("x-claude-code-session-id", "3f6c"));
        keys.add(gateway.listener.next().attempts().getFirst().keyId());
      }

      assertThat(keys).hasSize(1);
    }
  }

  @Test
  void aConversationThatMovesLeavesBehindTheReasoningThatTheNextGroupRefuses() throws Exception {
    String thought =
        "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"c2lnbmVkIGVsc2V3aGVyZQ==\"}";
    String text = "{\"type\":\"text\",\"text\":\"yes?\"}";
    String next =
        Answers.MESSAGES_REQUEST.replace(
            "\"hi\"}",
            "\"hi\"},{\"role\":\"assistant\",\"content\":["
                + thought
                + ","
                + text
                + "]},{\"role\":\"user\",\"content\":\"go on\"}");
    String bound =
        "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":"
            + "\"messages.1.content.0: Invalid `signature` in `thinking` block: bound to a different"
            + " conversation\"}}";
    try (TestGateway gateway =
        TestGateway.builder(vertx)
            .key(Provider.ANTHROPIC, "a", provider.port())
            .key(Provider.ANTHROPIC, "b", provider.port())
            .start()) {
      provider.on("a", status(200, Answers.MESSAGE));
      provider.on("b", status(200, Answers.MESSAGE));
      gateway.messages(Answers.MESSAGES_REQUEST);
      String home = Objects.requireNonNull(gateway.listener.next().keyId(), "key");
      String other = "a".equals(home) ? "b" : "a";
      provider.on(home, status(429, "{}", "retry-after", "60"));
      provider.on(other, status(400, bound), status(200, Answers.MESSAGE));

      HttpResponse<String> answer = gateway.messages(next);

      assertThat(answer.statusCode()).isEqualTo(200);
      List<AttemptReport> attempts = gateway.listener.next().attempts();
      assertThat(attempts.get(1).homing())
          .extracting(Homing::home, Homing::end)
          .containsExactly("key:" + home, Homing.End.NOT_READY);
      String sent = provider.received().getLast().text();
      assertThat(sent).isEqualTo(next.replace(thought + ",", ""));
    }
  }

  @Test
  void aCacheKeyIsAddedWhereNoneWasGiven() throws Exception {
    try (TestGateway gateway = four(Provider.OPENAI).cacheKeys(CacheKeys.ALWAYS).start()) {
      gateway.chat(chat("one", ""));
      gateway.chat(chat("one", ",{\"role\":\"user\",\"content\":\"more\"}"));
      gateway.chat(chat("two", ""));
      String own =
          chat("three", "").replace("\"messages\"", "\"prompt_cache_key\":\"mine\",\"messages\"");
      gateway.chat(own);

      List<String> sent = provider.received().stream().map(received -> received.text()).toList();
      String key = sent.getFirst().substring(0, sent.getFirst().indexOf(",\"model\""));
      assertThat(key).matches("\\{\"prompt_cache_key\":\"fb-[0-9a-f]{1,16}\"");
      assertThat(sent.get(0)).isEqualTo(key + "," + chat("one", "").substring(1));
      assertThat(sent.get(1)).startsWith(key);
      assertThat(sent.get(2)).startsWith("{\"prompt_cache_key\":\"fb-").doesNotStartWith(key);
      assertThat(sent.get(3)).isEqualTo(own);
    }
  }

  @Test
  void serversThatOnlySpeakTheDialectGetNoCacheKey() throws Exception {
    try (TestGateway gateway = four(Provider.OPENAI).start()) {
      gateway.chat(chat("one", ""));

      assertThat(provider.received().getFirst().text()).isEqualTo(chat("one", ""));
    }
  }
}
