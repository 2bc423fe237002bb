package dev.forebay.transport.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.transport.wire.HeadNames;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which heads are plain, and what is read of them.
class PlainHeadTest {

  private static final String PLAIN =
      "POST /v1/chat/completions?beta=true HTTP/1.1\r\n"
          + "Host: api\r\n"
          + "content-type: \t application/json \r\n"
          + "X-Empty:\r\n"
          + "x-twice: one\r\n"
          + "X-Twice: two\r\n"
          + "Content-Length: 42\r\n"
          + "connection: Keep-Alive\r\n\r\n";

  private static PlainHead.Parsed parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return PlainHead.parse(bytes, bytes.length, new HeadNames());
  }

  private static PlainHead whole(String text) {
    assertThat(parse(text)).isInstanceOf(PlainHead.Parsed.Whole.class);
    return ((PlainHead.Parsed.Whole) parse(text)).head();
  }

  private static List<String> headers(PlainHead head) {
    List<String> all = new ArrayList<>();
    head.each((name, value) -> all.add(name + ": " + value));
    return all;
  }

  @Test
  void readsAPlainHeadAndStopsWhereTheBodyBegins() {
    PlainHead head = whole(PLAIN + "{\"model\"");

    assertThat(head.length()).isEqualTo(PLAIN.length());
    assertThat(head.contentLength()).isEqualTo(42);
    assertThat(head.path()).isEqualTo("/v1/chat/completions");
    assertThat(head.query()).isEqualTo("beta=true");
    assertThat(head.get("content-type")).isEqualTo("application/json");
    assertThat(head.get("x-empty")).isEmpty();
    assertThat(head.get("x-twice")).isEqualTo("one");
    assertThat(head.get("x-none")).isNull();
    assertThat(headers(head))
        .containsExactly(
            "Host: api",
            "content-type: application/json",
            "X-Empty: ",
            "x-twice: one",
            "X-Twice: two",
            "Content-Length: 42",
            "connection: Keep-Alive");
  }

  @Test
  void waitsForTheRestOfAHeadThatIsCutAnywhere() {
    for (int cut = 0; cut < PLAIN.length(); cut++) {
      assertThat(parse(PLAIN.substring(0, cut)))
          .as("cut at %d", cut)
          .isEqualTo(PlainHead.Parsed.Open.INSTANCE);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/models HTTP/1.1\r\nhost: a\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\n\r\n",
        "POST http://a/v1/x HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\n\r\n",
        "POST /v1/x HTTP/1.0\r\nhost: a\r\ncontent-length: 1\r\n\r\n",
        "POST /v1/x  HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\n\r\n",
        "POST /v1/\u00fc HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\n\r\n",
        "POST /v1/x HTTP/1.1\r\nhost: a\r\n\r\n",
        "POST /v1/x HTTP/1.1\r\ncontent-length: 1\r\n\r\n",
        "POST /v1/x HTTP/1.1\r\nhost: a\r\nhost: b\r\ncontent-length: 1\r\n\r\n",
        "POST /v1/x HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 1\r\n\r\n",
        "POST /v1/x HTTP/1.1\r\nhost: a\r\ncontent-length: 1, 1\r\n\r\n",
        "POST /v1/x HTTP/1.1\r\nhost: a\r\ncontent-length: +1\r\n\r\n",
        "POST /v1/x HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n",
        "POST /v1/x HTTP/1.1\r\nhost: a\r\ncontent-length: 01\r\n\r\n",
        "POST /v1/x HTTP/1.1\r\nhost: a\r\ncontent-length:\r\n\r\n",
        "POST /v1/x HTTP/1.1\r\nhost: a\r\ncontent-length: 99999999999999999999\r\n\r\n",
        "POST /v1/x HTTP/1.1\r\nhost: a\r\ncontent-length : 1\r\n\r\n",
        "POST /v1/x HTTP/1.1\r\nhost: a\r\n content-length: 1\r\n\r\n",
        "POST /v1/x HTTP/1.1\r\nhost: a\r\nx: 1\r\n 2\r\ncontent-length: 1\r\n\r\n",
        "POST /v1/x HTTP/1.1\r\nhost: a\r\nx: 1\n\r\ncontent-length: 1\r\n\r\n",
        "POST /v1/x HTTP/1.1\r\nhost: a\r\nx: 1\0\r\ncontent-length: 1\r\n\r\n",
        "POST /v1/x HTTP/1.1\r\nhost: a\r\nx\u00e4: 1\r\ncontent-length: 1\r\n\r\n",
        "POST /v1/x HTTP/1.1\r\nhost: a\r\n: 1\r\ncontent-length: 1\r\n\r\n",
        "POST /v1/x HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST /v1/x HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\nexpect: 100-continue\r\n\r\n",
        "POST /v1/x HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\nupgrade: h2c\r\n\r\n",
        "POST /v1/x HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\nconnection: close\r\n\r\n",
      })
  void leavesEverythingElseToACompleteServer(String text) {
    assertThat(parse(text)).isEqualTo(PlainHead.Parsed.Foreign.INSTANCE);
  }

  @Test
  void leavesAHeadWithoutEndToACompleteServer() {
    String endless = "POST /v1/x HTTP/1.1\r\nx: " + "a".repeat(PlainHead.LARGEST);

    assertThat(parse(endless)).isEqualTo(PlainHead.Parsed.Foreign.INSTANCE);
  }

  /// What is taken for plain is read as any server reads it: nothing can be smuggled past either.
  @Test
  void agreesWithACompleteParserOnWhateverItTakes() {
    SplittableRandom random = new SplittableRandom(20261127);
    String alphabet = "\r\n\t :;,aAzZ019-_\"\0\u0085\u00ff/?#%{}hHcC";
    int taken = 0;
    for (int i = 0; i < 40_000; i++) {
      StringBuilder text = new StringBuilder(PLAIN);
      for (int edits = random.nextInt(4); edits > 0; edits--) {
        int at = 8 + random.nextInt(text.length() - 8);
        char c = alphabet.charAt(random.nextInt(alphabet.length()));
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, c);
          case 1 -> text.insert(at, c);
          default -> text.deleteCharAt(at);
        }
      }
      if (parse(text.toString()) instanceof PlainHead.Parsed.Whole(PlainHead head)) {
        taken++;
        EmbeddedChannel complete = new EmbeddedChannel(new HttpRequestDecoder());
        complete.writeInbound(
            Unpooled.copiedBuffer(text.substring(0, head.length()), StandardCharsets.ISO_8859_1));
        HttpRequest request = complete.readInbound();
        assertThat(request.decoderResult().isSuccess()).as("%s", text).isTrue();
        String query = head.query();
        assertThat(request.uri()).isEqualTo(head.path() + (query == null ? "" : "?" + query));
        assertThat(request.headers().entries())
            .extracting(header -> header.getKey() + ": " + header.getValue())
            .isEqualTo(headers(head));
        assertThat(request.headers().get("content-length"))
            .isEqualTo(Long.toString(head.contentLength()));
        complete.finishAndReleaseAll();
      }
    }
    assertThat(taken).isGreaterThan(5_000);
  }
}
