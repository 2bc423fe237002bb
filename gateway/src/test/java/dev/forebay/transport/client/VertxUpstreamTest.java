package dev.forebay.transport.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Slice;
import dev.forebay.exchange.Headers;
import dev.forebay.exchange.Limits;
import dev.forebay.exchange.Origin;
import dev.forebay.exchange.Upstream;
import dev.forebay.exchange.UpstreamRequest;
import dev.forebay.testing.FakeTicker;
import dev.forebay.testing.RefusingPort;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What goes over the wire to a provider and back, with a provider that says anything.
class VertxUpstreamTest {

  private static final String KEPT = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
  private static final String CLOSED =
      "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok";

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final Provider provider = new Provider();
  private Upstream upstream = new Unmade();

  @BeforeEach
  void makeUpstream() throws Exception {
    CompletableFuture<Upstream> made = new CompletableFuture<>();
    context.runOnContext(v -> made.complete(new VertxUpstream(vertx, new FakeTicker())));
    upstream = made.get(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() {
    provider.close();
    vertx.close().await();
  }

  @Test
  void writesTheRequestAsItIs() throws Exception {
    provider.answers(KEPT);
    assertThat(call("POST", "x-name", "value", "{\"a\":1}").result()).isEqualTo("200 ok end");
    assertThat(provider.received)
        .containsExactly(
            "POST /v1/x?y=z HTTP/1.1\r\nhost: 127.0.0.1:"
                + provider.port()
                + "\r\nx-name: value\r\ncontent-length: 7\r\n\r\n{\"a\":1}");
  }

  @Test
  void asksWithoutABodyWithoutALength() throws Exception {
    provider.answers(KEPT);
    assertThat(call("GET", "x-name", "value", "").result()).isEqualTo("200 ok end");
    assertThat(provider.received.getFirst()).doesNotContain("content-length");
  }

  @Test
  void keepsAConnectionForTheNextCall() throws Exception {
    provider.answers(KEPT, KEPT);
    assertThat(call().result()).isEqualTo("200 ok end");
    assertThat(call().result()).isEqualTo("200 ok end");
    assertThat(provider.connections).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        CLOSED,
        "HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nok"
      })
  void doesNotKeepAConnectionThatEnds(String answer) throws Exception {
    provider.answers(answer, KEPT);
    assertThat(call().result()).isEqualTo("200 ok end");
    assertThat(call().result()).isEqualTo("200 ok end");
    assertThat(provider.connections).hasSize(2);
  }

  @Test
  void passesOverInterimAnswers() throws Exception {
    provider.answers("HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n" + KEPT);
    assertThat(call().result()).isEqualTo("200 ok end");
  }

  @Test
  void joinsChunks() throws Exception {
    provider.answers(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\no\r\n1\r\nk\r\n0\r\n\r\n");
    assertThat(call().result()).isEqualTo("200 ok end");
  }

  @Test
  void oneConnectionCarriesAnswersOfEveryForm() throws Exception {
    String chunks = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n";
    String interim = "HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n" + KEPT;
    provider.answers(KEPT, chunks, KEPT, interim, KEPT, chunks, chunks, KEPT);
    for (int i = 0; i < 8; i++) {
      assertThat(call().result()).isEqualTo("200 ok end");
    }
    assertThat(provider.connections).hasSize(1);
  }

  @Test
  void whatComesBehindAnAnswerIsNotTheNextOnes() throws Exception {
    provider.answers(KEPT + KEPT.replace("ok", "no"), KEPT);
    assertThat(call().result()).isEqualTo("200 ok end");
    assertThat(call().result()).isEqualTo("200 ok end");
    assertThat(provider.connections).hasSize(2);
  }

  @Test
  void tellsHeadersInOrderAndWhateverTheirCase() throws Exception {
    provider.answers("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-B: 1\r\nx-a: 2\r\nX-B: 3\r\n\r\n");
    Answer answer = call();
    assertThat(answer.result()).isEqualTo("200 end");
    assertThat(answer.names).containsExactly("Content-Length", "X-B", "x-a", "X-B");
    Headers headers = answer.headers;
    assertThat(headers == null ? null : headers.get("x-b")).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\ncontent-length: 9\r\nconnection: close\r\n\r\nok",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n2\r\nok\r\n"
      })
  void anAnswerCutShortIsNoAnswer(String answer) throws Exception {
    provider.answers(answer);
    assertThat(call().result()).isEqualTo("200 ok RESET");
  }

  @Test
  void aConnectionThatClosesWithoutAWordIsReset() throws Exception {
    provider.answers("");
    assertThat(call().result()).isEqualTo("RESET");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "what is this\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n"
      })
  void whatIsNotHttpIsTheProvidersFault(String answer) throws Exception {
    provider.answers(answer);
    assertThat(call().result()).endsWith("PROTOCOL");
  }

  @Test
  void neverSendsALineBreakInsideAHeader() throws Exception {
    provider.answers(KEPT);
    assertThat(call("POST", "x-name", "a\r\nx-evil: b", "").result()).isEqualTo("PROTOCOL");
    assertThat(provider.received).isEmpty();
  }

  @Test
  void anOriginWithoutTlsFailsWhereTlsIsWanted() throws Exception {
    provider.answers(KEPT);
    Answer answer = new Answer();
    send(request(true, "POST", "x-name", "value", ""), answer);
    assertThat(answer.result()).isEqualTo("TLS");
  }

  @Test
  void nobodyListens() throws Exception {
    Answer answer = new Answer();
    try (RefusingPort dead = new RefusingPort()) {
      send(
          new UpstreamRequest(
              new Origin(false, "127.0.0.1", dead.port(), ""),
              "GET",
              "/",
              List.of(),
              List.of(),
              0,
              Limits.defaults()),
          answer);
      assertThat(answer.result()).isEqualTo("CONNECT");
    }
  }

  private Answer call() throws Exception {
    return call("POST", "x-name", "value", "{}");
  }

  private Answer call(String method, String name, String value, String body) throws Exception {
    Answer answer = new Answer();
    send(request(false, method, name, value, body), answer);
    return answer;
  }

  private UpstreamRequest request(
      boolean tls, String method, String name, String value, String body) {
    byte[] bytes = body.getBytes(US_ASCII);
    return new UpstreamRequest(
        new Origin(tls, "127.0.0.1", provider.port(), ""),
        method,
        "/v1/x?y=z",
        List.of(name, value),
        bytes.length == 0 ? List.of() : List.of(new Slice(bytes, 0, bytes.length)),
        bytes.length,
        Limits.defaults());
  }

  private void send(UpstreamRequest request, Answer answer) {
    context.runOnContext(v -> {
      upstream.send(request, answer);
      answer.sent = true;
    });
  }

  /// Writes down what comes back.
  private static final class Answer implements Upstream.Answer {

    private final CompletableFuture<String> over = new CompletableFuture<>();
    private final StringBuilder told = new StringBuilder();
    private final List<String> names = new CopyOnWriteArrayList<>();
    private volatile @Nullable Headers headers;
    private boolean sent;

    String result() throws Exception {
      return over.get(10, TimeUnit.SECONDS);
    }

    private void requireSent() {
      if (!sent) {
        over.completeExceptionally(new AssertionError("called back while sending"));
      }
    }

    @Override
    public void head(int status, Headers received) {
      requireSent();
      headers = received;
      received.each((name, value) -> names.add(name));
      told.append(status).append(' ');
    }

    @Override
    public void chunk(byte[] array, int offset, int length) {
      told.append(new String(array, offset, length, US_ASCII));
    }

    @Override
    public void end() {
      over.complete(told.append(told.charAt(told.length() - 1) == ' ' ? "" : " ") + "end");
    }

    @Override
    public void failed(Upstream.Failure failure) {
      requireSent();
      String before = told.toString().strip();
      over.complete(before.isEmpty() ? failure.name() : before + " " + failure.name());
    }
  }

  private static final class Unmade implements Upstream {
    @Override
    public Call send(UpstreamRequest request, Answer answer) {
      throw new IllegalStateException("not made yet");
    }
  }

  /// Answers each request with the next text, and closes where the text says so or says nothing.
  private static final class Provider implements AutoCloseable {

    private final ServerSocket server;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    Provider() {
      try {
        server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Thread.ofVirtual().start(this::accept);
    }

    int port() {
      return server.getLocalPort();
    }

    void answers(String... texts) {
      answers.addAll(List.of(texts));
    }

    private void accept() {
      try {
        while (true) {
          Socket socket = server.accept();
          connections.add(socket);
          Thread.ofVirtual().start(() -> serve(socket));
        }
      } catch (IOException closed) {
        // The test is over.
      }
    }

    private void serve(Socket socket) {
      try (socket) {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        boolean goesOn = true;
        while (goesOn) {
          String request = read(in);
          if (!request.isEmpty()) {
            received.add(request);
          } else if (in.available() == 0) {
            return;
          }
          String answer = answers.take();
          socket.getOutputStream().write(answer.getBytes(US_ASCII));
          goesOn =
              !request.isEmpty()
                  && !answer.isEmpty()
                  && !answer.contains(": close")
                  && !answer.contains("/1.0");
        }
      } catch (IOException | InterruptedException gone) {
        // The other side closed first.
      }
    }

    /// One request as text; empty when there is none, or it begins like a TLS handshake.
    private static String read(InputStream in) throws IOException {
      StringBuilder text = new StringBuilder();
      while (text.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        if (next < 0 || (text.isEmpty() && next < 'A')) {
          return "";
        }
        text.append((char) next);
      }
      int at = text.indexOf("content-length: ");
      if (at >= 0) {
        int length = Integer.parseInt(text.substring(at + 16, text.indexOf("\r\n", at)));
        text.append(new String(in.readNBytes(length), US_ASCII));
      }
      return text.toString();
    }

    @Override
    public void close() {
      try {
        server.close();
        for (Socket socket : connections) {
          socket.close();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
