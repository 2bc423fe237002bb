package dev.forebay.gateway;

import static dev.forebay.testing.ScriptedProvider.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Provider;
import dev.forebay.testing.RawClient;
import dev.forebay.testing.ScriptedProvider.Ending;
import dev.forebay.testing.TestGateway;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What one connection of a client may carry, one request after the other.
class DirectConnectionTest extends GatewayTest {

  private static final String HEALTH = "GET /healthz HTTP/1.1\r\nhost: test\r\n\r\n";

  private TestGateway gateway() {
    provider.on("first", status(200, Answers.CHAT));
    return TestGateway.builder(vertx).key(Provider.OPENAI, "first", provider.port()).start();
  }

  private static String chat() {
    int length = Answers.CHAT_REQUEST.getBytes(StandardCharsets.UTF_8).length;
    return "POST /v1/chat/completions HTTP/1.1\r\nhost: test\r\nauthorization: Bearer "
        + TestGateway.CLIENT_KEY
        + "\r\ncontent-type: application/json\r\ncontent-length: "
        + length
        + "\r\n\r\n"
        + Answers.CHAT_REQUEST;
  }

  private static void expectChat(RawClient client) throws Exception {
    String answer = client.readUntil(Answers.CHAT);
    assertThat(answer)
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("\r\ncontent-length: " + Answers.CHAT.length() + "\r\n");
  }

  @Test
  void requestsThatComeAtOnceAreAnsweredInTheirOrder() throws Exception {
    try (TestGateway gateway = gateway();
        RawClient client = new RawClient(gateway.server.port())) {
      client.send(chat() + chat() + HEALTH + chat());

      expectChat(client);
      expectChat(client);
      assertThat(client.readUntil("ok\n")).startsWith("HTTP/1.1 200 OK\r\n");
      expectChat(client);
    }
  }

  @Test
  void aConnectionCarriesPagesAndRequestsInAnyOrder() throws Exception {
    try (TestGateway gateway = gateway();
        RawClient client = new RawClient(gateway.server.port())) {
      for (int i = 0; i < 3; i++) {
        client.send(chat());
        expectChat(client);
        client.send(HEALTH).readUntil("ok\n");
      }
    }
  }

  @Test
  void aRequestThatIsCutAnywhereIsTheSameRequest() throws Exception {
    String request = chat();
    try (TestGateway gateway = gateway();
        RawClient client = new RawClient(gateway.server.port())) {
      for (int cut = 1; cut < request.length(); cut += 7) {
        client.send(request.substring(0, cut));
        client.send(request.substring(cut));
        expectChat(client);
      }
      assertThat(provider.received().getLast().text()).isEqualTo(Answers.CHAT_REQUEST);
    }
  }

  @Test
  void aRequestThatComesByteByByteIsServedToo() throws Exception {
    String request = chat();
    try (TestGateway gateway = gateway();
        RawClient client = new RawClient(gateway.server.port())) {
      for (int i = 0; i < request.length(); i++) {
        client.send(request.substring(i, i + 1));
      }
      expectChat(client);
    }
  }

  @Test
  void aBodyInChunksIsServedAfterAPlainOne() throws Exception {
    try (TestGateway gateway = gateway();
        RawClient client = new RawClient(gateway.server.port())) {
      client.send(chat());
      expectChat(client);
      client.send(
          "POST /v1/chat/completions HTTP/1.1\r\nhost: test\r\nauthorization: Bearer "
              + TestGateway.CLIENT_KEY
              + "\r\ntransfer-encoding: chunked\r\n\r\n"
              + Integer.toHexString(Answers.CHAT_REQUEST.length())
              + "\r\n"
              + Answers.CHAT_REQUEST
              + "\r\n0\r\n\r\n");
      expectChat(client);
    }
  }

  @Test
  void aRefusalAfterAnAnswerSaysWhatIsWrong() throws Exception {
    try (TestGateway gateway = gateway();
        RawClient client = new RawClient(gateway.server.port())) {
      client.send(chat());
      expectChat(client);
      client.send(chat().replace(TestGateway.CLIENT_KEY, "fb-test-nobodys"));

      assertThat(client.readUntil("}")).startsWith("HTTP/1.1 401 ").contains("Nobody holds");
    }
  }

  @Test
  void aStreamComesInChunksThatEnd() throws Exception {
    provider.on(
        "first",
        dev.forebay.testing.ScriptedProvider.sse(
            Ending.CLEAN,
            "data: {\"choices\":[{\"delta\":{\"content\":\"hi\"}}]}\n\n",
            "data: [DONE]\n\n"));
    try (TestGateway gateway =
            TestGateway.builder(vertx).key(Provider.OPENAI, "first", provider.port()).start();
        RawClient client = new RawClient(gateway.server.port())) {
      client.post(
          "/v1/chat/completions", Answers.CHAT_REQUEST.replaceFirst("\\{", "{\"stream\":true,"));

      assertThat(client.readUntil("\r\n0\r\n\r\n"))
          .contains("\r\ntransfer-encoding: chunked\r\n")
          .contains("\"content\":\"hi\"");
      client.send(HEALTH).readUntil("ok\n");
    }
  }

  @Test
  void anIdleConnectionClosesWhenTheServerStopsAndABusyOneAfterItsAnswer() throws Exception {
    TestGateway gateway = gateway();
    try (RawClient idle = new RawClient(gateway.server.port());
        RawClient busy = new RawClient(gateway.server.port())) {
      idle.send(chat());
      expectChat(idle);
      busy.send(chat());
      while (provider.received().size() < 2) {
        Thread.onSpinWait();
      }

      gateway.server.stop(Duration.ofSeconds(5)).await();

      expectChat(busy);
      assertThat(busy.readAll()).isEmpty();
      assertThat(idle.readAll()).isEmpty();
    }
  }

  @Test
  void aBodyThatKeepsComingMayTakeAsLongAsItNeeds() throws Exception {
    String head = chat().substring(0, chat().indexOf("content-length"));
    provider.on("first", status(200, Answers.CHAT));
    try (TestGateway gateway =
            TestGateway.builder(vertx)
                .key(Provider.OPENAI, "first", provider.port())
                .timeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(600))
                .start();
        RawClient direct = new RawClient(gateway.server.port());
        RawClient chunked = new RawClient(gateway.server.port());
        RawClient silent = new RawClient(gateway.server.port())) {
      direct.send(head + "content-length: 1000000\r\n\r\n{\"model\"");
      chunked.send(head + "transfer-encoding: chunked\r\n\r\n1\r\n{\r\n");
      silent.send(head + "content-length: 1000000\r\n\r\n{\"model\"");

      Future<String> refused =
          Executors.newVirtualThreadPerTaskExecutor().submit(() -> silent.readUntil("}"));
      while (!refused.isDone()) {
        direct.send(" ");
        chunked.send("1\r\n \r\n");
        gateway.send(HttpRequest.newBuilder(gateway.uri("/healthz")).GET());
      }

      assertThat(refused.get()).contains("408");
      direct.send(" ".repeat(10));
      String rest = Answers.CHAT_REQUEST.substring(1);
      chunked.send(Integer.toHexString(rest.length()) + "\r\n" + rest + "\r\n0\r\n\r\n");
      assertThat(chunked.readUntil("}")).startsWith("HTTP/1.1 200 OK");
    }
  }

  @Test
  void pagesOfOtherOriginsMayCallWithAKey() throws Exception {
    try (TestGateway gateway = gateway();
        RawClient client = new RawClient(gateway.server.port())) {
      client.send(
          "OPTIONS /v1/chat/completions HTTP/1.1\r\nhost: test\r\norigin: http://app.example\r\n"
              + "access-control-request-method: POST\r\n"
              + "access-control-request-headers: authorization,content-type\r\n\r\n");
      assertThat(client.readUntil("\r\n\r\n"))
          .startsWith("HTTP/1.1 204")
          .contains("access-control-allow-origin: *")
          .contains("access-control-allow-headers: authorization,content-type")
          .doesNotContain("allow-credentials");

      client.send(chat().replace("content-type", "origin: http://app.example\r\ncontent-type"));
      assertThat(client.readUntil(Answers.CHAT))
          .startsWith("HTTP/1.1 200 OK\r\n")
          .contains("access-control-allow-origin: *")
          .contains("access-control-expose-headers: x-request-id");
      assertThat(provider.received().getLast().headers()).doesNotContainKey("origin");

      client.send("GET /api/v1/session HTTP/1.1\r\nhost: test\r\norigin: http://x\r\n\r\n");
      assertThat(client.readUntil("\r\n\r\n")).doesNotContain("access-control");
    }
  }

  @Test
  void aHeadThatIsTooLargeIsRefusedInTheDialectOfItsPath() throws Exception {
    try (TestGateway gateway = gateway();
        RawClient headers = new RawClient(gateway.server.port());
        RawClient line = new RawClient(gateway.server.port())) {
      headers.send("POST /v1/messages HTTP/1.1\r\nhost: test\r\nx: " + "a".repeat(70_000));
      assertThat(headers.readAll())
          .startsWith("HTTP/1.1 431")
          .contains("{\"type\":\"error\"")
          .contains("headers_too_large");

      line.send("POST /v1/messages?" + "q".repeat(20_000) + " HTTP/1.1\r\nhost: test\r\n\r\n");
      assertThat(line.readAll()).contains("431").contains("headers_too_large");
    }
  }
}
