package dev.forebay.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageReaderTest {

  private static final String MESSAGES =
      """
      HTTP/1.1 200 OK
      Content-Length: 5

      helloHTTP/1.1 204 No Content

      HTTP/1.1 200 OK
      transfer-encoding: chunked

      6
      a
      b

      A;extension
      0123456789
      0
      trailer: x

      HTTP/1.1 200 OK
      content-length: 2

      ok\
      """
          .replace("\n", "\r\n");

  private static final List<String> EXPECTED =
      List.of(
          "head HTTP/1.1 200 OK",
          "body hello",
          "end",
          "head HTTP/1.1 204 No Content",
          "end",
          "head HTTP/1.1 200 OK",
          "body a\r\nb\r\n0123456789",
          "end",
          "head HTTP/1.1 200 OK",
          "body ok",
          "end");

  @Test
  void readsMessagesCutAnywhere() {
    byte[] bytes = MESSAGES.getBytes(StandardCharsets.US_ASCII);
    for (int cut = 0; cut <= bytes.length; cut++) {
      Recording reader = new Recording();
      EmbeddedChannel channel = new EmbeddedChannel(reader);
      channel.writeInbound(Unpooled.copiedBuffer(bytes, 0, cut));
      channel.writeInbound(Unpooled.copiedBuffer(bytes, cut, bytes.length - cut));
      assertThat(reader.seen).as("cut at %d", cut).isEqualTo(EXPECTED);
      assertThat(reader.inMessage()).isFalse();
    }
  }

  private static final class Recording extends MessageReader {

    private final List<String> seen = new ArrayList<>();
    private final StringBuilder body = new StringBuilder();

    @Override
    void onHead(byte[] head, int length) {
      String text = new String(head, 0, length, StandardCharsets.US_ASCII);
      seen.add("head " + text.substring(0, text.indexOf('\r')));
    }

    @Override
    void onBody(ByteBuf buffer, int index, int length) {
      body.append(buffer.toString(index, length, StandardCharsets.US_ASCII));
    }

    @Override
    void onEnd(ChannelHandlerContext context) {
      if (!body.isEmpty()) {
        seen.add("body " + body);
        body.setLength(0);
      }
      seen.add("end");
    }
  }
}
