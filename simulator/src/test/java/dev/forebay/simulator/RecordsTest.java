package dev.forebay.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordsTest {

  private Simulator simulator;
  private Http http;

  @BeforeEach
  void start() {
    simulator =
        Simulator.start(
            SimulatorSpec.of(
                    SimulatedOrganization.anthropic("org-a", "sk-ant-1"),
                    SimulatedOrganization.openai("acme", "sk-1"))
                .withRecordedRequests(2),
            0);
    http = new Http(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void keepsTheLatestRequestsAsTheyArrived() {
    http.openai("sk-1", "/v1/chat/completions", Http.CHAT);
    http.openai("sk-1", "/v1/chat/completions?a=b", Http.CHAT);
    http.anthropic("sk-wrong", "/v1/messages", Http.MESSAGE);

    assertThat(simulator.requests()).hasSize(2);
    ReceivedRequest first = simulator.requests().getFirst();
    assertThat(first.path()).isEqualTo("/v1/chat/completions");
    assertThat(first.query()).isEqualTo("a=b");
    assertThat(first.text()).isEqualTo(Http.CHAT);
    assertThat(first.header("Authorization")).isEqualTo("Bearer sk-1");
    assertThat(simulator.requests().getLast().secret()).isEqualTo("sk-wrong");
  }

  @Test
  void countsPerKey() {
    http.openai("sk-1", "/v1/chat/completions", Http.CHAT);
    http.openai("sk-1", "/v1/chat/completions", "{");

    KeyUsage usage = simulator.usage("sk-1");
    assertThat(usage.requests()).isEqualTo(2);
    assertThat(usage.served()).isEqualTo(1);
    assertThat(usage.outputTokens()).isEqualTo(48);
    assertThat(usage.inputTokens()).isEqualTo(2);
    assertThat(usage.refusals()).containsEntry(400, 1L);
    assertThatIllegalArgumentException().isThrownBy(() -> simulator.usage("sk-0"));
  }

  @Test
  void noticesAClientThatLeavesAStream() throws IOException {
    simulator.script("sk-ant-1", new Fault.Stall(6, Duration.ofMinutes(1)));

    try (Socket socket = open(Http.MESSAGE_STREAM)) {
      readUntil(socket.getInputStream(), "\"index\":0,\"delta\"", 3);
    }

    await(() -> !simulator.aborted().isEmpty());
    AbortedAnswer aborted = simulator.aborted().getFirst();
    // Six events: the start of the message, of its block, a ping, and three words.
    assertThat(aborted.tokensProduced()).isEqualTo(3);
    assertThat(aborted.path()).isEqualTo("/v1/messages");
    assertThat(simulator.usage("sk-ant-1").outputTokens()).isEqualTo(3);
    assertThat(simulator.usage("sk-ant-1").abortedAnswers()).isEqualTo(1);
    assertThat(simulator.usage("sk-ant-1").served()).isZero();
  }

  @Test
  void noticesAClientThatLeavesBeforeTheFirstByte() throws IOException {
    simulator.script("sk-ant-1", new Fault.Delay(Duration.ofMillis(200)));

    open(Http.MESSAGE).close();

    await(() -> !simulator.aborted().isEmpty());
    assertThat(simulator.aborted().getFirst().tokensProduced()).isZero();
  }

  @Test
  void pacesTokensInRealTime() {
    simulator.pace(new Pace(Duration.ofMillis(100), 100, 20));

    long start = System.nanoTime();
    http.anthropic("sk-ant-1", "/v1/messages", Http.MESSAGE_STREAM);
    Duration took = Duration.ofNanos(System.nanoTime() - start);

    // 100 ms to the first of 20 tokens, and 19 more at 10 ms each.
    assertThat(took).isGreaterThanOrEqualTo(Duration.ofMillis(290));
  }

  @Test
  void aKeyMayHaveAPaceOfItsOwn() {
    simulator.pace("sk-ant-1", new Pace(Duration.ofMillis(300), 0));

    long start = System.nanoTime();
    http.anthropic("sk-ant-1", "/v1/messages", Http.MESSAGE);
    Duration slow = Duration.ofNanos(System.nanoTime() - start);

    assertThat(slow).isGreaterThanOrEqualTo(Duration.ofMillis(300));
  }

  @Test
  void aDelayIsNoPartOfThePace() throws IOException {
    simulator.pace(new Pace(Duration.ofMillis(200), 0));
    simulator.script("sk-ant-1", new Fault.Delay(Duration.ofMillis(200)));

    long start = System.nanoTime();
    http.anthropic("sk-ant-1", "/v1/messages", Http.MESSAGE);

    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(400));
  }

  @Test
  void saysWhichPortCanNotBeHad() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Simulator.start(SimulatorSpec.of(), simulator.port()))
        .withMessageContaining("port: " + simulator.port());
  }

  private Socket open(String body) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), simulator.port());
    String request =
        "POST /v1/messages HTTP/1.1\r\nhost: x\r\nx-api-key: sk-ant-1\r\n"
            + "anthropic-version: 2026-10-21\r\ncontent-length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return socket;
  }

  private static void readUntil(InputStream in, String what, int times) throws IOException {
    StringBuilder seen = new StringBuilder();
    byte[] buffer = new byte[4096];
    while (seen.toString().split(what, -1).length <= times) {
      int count = in.read(buffer);
      assertThat(count).as("bytes before the end: %s", seen).isPositive();
      seen.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
