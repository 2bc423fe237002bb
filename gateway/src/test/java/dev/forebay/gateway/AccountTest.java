package dev.forebay.gateway;

import static dev.forebay.testing.ScriptedProvider.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Provider;
import dev.forebay.exchange.LiveToken;
import dev.forebay.pool.Status;
import dev.forebay.secrets.Secret;
import dev.forebay.testing.ScriptedProvider;
import dev.forebay.testing.TestGateway;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Connected Google accounts on the data path: what they send, and what a refused token costs.
@Timeout(60)
class AccountTest extends GatewayTest {

  private static final String PATH = "/v1beta/models/gemini-3.8-flash:generateContent";
  private static final String REFUSED =
      Answers.gemini(
          401,
          "UNAUTHENTICATED",
          "Request had invalid authentication credentials.",
          Answers.reason("ACCESS_TOKEN_EXPIRED"));

  private static LiveToken token(String text) {
    LiveToken token = new LiveToken();
    put(token, text);
    return token;
  }

  private static void put(LiveToken token, String text) {
    token.put(Secret.of(text), TestGateway.TICKER.nanos() + Duration.ofHours(1).toNanos());
  }

  private int asked;

  /// A request of a conversation of its own, which no key has seen.
  private HttpResponse<String> generate(TestGateway gateway) throws Exception {
    String text = "hi, for the time number " + ++asked;
    return gateway.send(gateway.post(PATH, Answers.GENERATE_REQUEST.replace("hi", text)));
  }

  private static Status standing(TestGateway gateway, String key) {
    return gateway.pools.view(key).orElseThrow().status();
  }

  @Test
  void anAccountSendsItsTokenAndItsProjectAndNoOtherCredential() throws Exception {
    provider.on("ya29.test-ana", status(200, Answers.GENERATED));
    try (TestGateway gateway =
        TestGateway.builder(vertx)
            .account("ana", "project-a", token("ya29.test-ana"), provider.port())
            .start()) {
      HttpResponse<String> answer = generate(gateway);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("x-forebay-key")).contains("ana");
      ScriptedProvider.Received received = provider.received().getFirst();
      assertThat(received.headers())
          .containsEntry("authorization", "Bearer ya29.test-ana")
          .containsEntry("x-goog-user-project", "project-a")
          .doesNotContainKey("x-goog-api-key");
      assertThat(received.uri()).doesNotContain("key=");
      assertThat(answer.headers().toString() + answer.body()).doesNotContain("ya29");
    }
  }

  @Test
  void accountsAndApiKeysServeTheSameTraffic() throws Exception {
    provider.on("ya29.test-ana", status(200, Answers.GENERATED));
    provider.on("AQ.test-key", status(200, Answers.GENERATED));
    try (TestGateway gateway =
        TestGateway.builder(vertx)
            .account("ana", "project-a", token("ya29.test-ana"), provider.port())
            .key(Provider.GEMINI, "AQ.test-key", provider.port())
            .start()) {
      for (int i = 0; i < 40; i++) {
        assertThat(generate(gateway).statusCode()).isEqualTo(200);
      }
      assertThat(provider.keys()).contains("ya29.test-ana", "AQ.test-key");
    }
  }

  @Test
  void anAccountWithoutATokenIsPassedOver() throws Exception {
    provider.on("ya29.test-bob", status(200, Answers.GENERATED));
    LiveToken ana = new LiveToken();
    try (TestGateway gateway =
        TestGateway.builder(vertx)
            .account("ana", "project-a", ana, provider.port())
            .account("bob", "project-b", token("ya29.test-bob"), provider.port())
            .start()) {
      for (int i = 0; i < 20; i++) {
        HttpResponse<String> answer = generate(gateway);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-forebay-key")).contains("bob");
      }
      assertThat(standing(gateway, "ana")).isInstanceOf(Status.Cooling.class);

      provider.on("ya29.test-ana", status(200, Answers.GENERATED));
      put(ana, "ya29.test-ana");
      gateway.pools.release("ana");
      for (int i = 0; i < 40; i++) {
        generate(gateway);
      }
      assertThat(provider.keys()).contains("ya29.test-ana");
    }
  }

  @Test
  void aRefusedTokenIsReplacedOnceAndNoClientSeesIt() throws Exception {
    provider.on("ya29.test-old", status(401, REFUSED));
    provider.on("ya29.test-new", status(200, Answers.GENERATED));
    LiveToken ana = token("ya29.test-old");
    AtomicInteger asked = new AtomicInteger();
    try (TestGateway gateway =
        TestGateway.builder(vertx)
            .account("ana", "project-a", ana, provider.port())
            .maxWait(Duration.ofSeconds(20))
            .start()) {
      // Whoever refreshes takes a moment, on a thread of its own.
      ana.keeper(() -> {
        asked.incrementAndGet();
        vertx.setTimer(
            300,
            fired -> {
              put(ana, "ya29.test-new");
              gateway.pools.release("ana");
            });
      });
      List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        all.add(
            gateway.http.sendAsync(
                gateway.post(PATH, Answers.GENERATE_REQUEST).build(),
                HttpResponse.BodyHandlers.ofString()));
      }
      for (CompletableFuture<HttpResponse<String>> each : all) {
        assertThat(each.join().statusCode()).isEqualTo(200);
      }
      assertThat(asked).hasValue(1);
      assertThat(standing(gateway, "ana")).isEqualTo(Status.OPEN);
    }
  }

  @Test
  void anotherKeyServesWhileATokenIsReplaced() throws Exception {
    provider.on("ya29.test-old", status(401, REFUSED));
    provider.on("ya29.test-bob", status(200, Answers.GENERATED));
    try (TestGateway gateway =
        TestGateway.builder(vertx)
            .account("ana", "project-a", token("ya29.test-old"), provider.port())
            .account("bob", "project-b", token("ya29.test-bob"), provider.port())
            .start()) {
      while (!provider.keys().contains("ya29.test-old")) {
        assertThat(generate(gateway).statusCode()).isEqualTo(200);
      }
      assertThat(standing(gateway, "ana")).isInstanceOf(Status.Cooling.class);
      assertThat(gateway.listener.events()).anyMatch(event -> event.endsWith("ana 401 Unequipped"));
    }
  }

  @Test
  void aSecondTokenThatIsRefusedRejectsTheKey() throws Exception {
    provider.on("ya29.test-old", status(401, REFUSED));
    provider.on("ya29.test-new", status(401, REFUSED));
    LiveToken ana = token("ya29.test-old");
    try (TestGateway gateway =
        TestGateway.builder(vertx)
            .account("ana", "project-a", ana, provider.port())
            .maxWait(Duration.ofSeconds(20))
            .start()) {
      ana.keeper(() -> {
        put(ana, "ya29.test-new");
        gateway.pools.release("ana");
      });
      assertThat(generate(gateway).statusCode()).isGreaterThanOrEqualTo(400);
      assertThat(standing(gateway, "ana")).isInstanceOf(Status.Rejected.class);
      assertThat(provider.keys()).containsExactly("ya29.test-old", "ya29.test-new");
    }
  }

  @Test
  void theCompatibleRouteTakesTheSameCredential() throws Exception {
    provider.on("ya29.test-ana", status(200, Answers.CHAT));
    try (TestGateway gateway =
        TestGateway.builder(vertx)
            .account("ana", "project-a", token("ya29.test-ana"), provider.port())
            .start()) {
      HttpResponse<String> answer =
          gateway.send(
              gateway.post(
                  "/v1beta/openai/chat/completions",
                  Answers.CHAT_REQUEST.replace("gpt-6-sol", "gemini-3.8-flash")));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(provider.received().getFirst().headers())
          .containsEntry("authorization", "Bearer ya29.test-ana")
          .containsEntry("x-goog-user-project", "project-a");
    }
  }
}
