package dev.forebay.transport.client;

import dev.forebay.dialect.Slice;
import dev.forebay.exchange.UpstreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Writes a request as HTTP/1.1. Event loop only: one scratch array serves all requests of a loop.
///
/// Names and values were parsed from a request or come from the settings; a line break in them is
/// refused all the same, because it would begin a header, or a request, of somebody else's making.
final class RequestText {

  private static final byte[] VERSION = ascii(" HTTP/1.1\r\nhost: ");
  private static final byte[] COLON = ascii(": ");
  private static final byte[] LINE = ascii("\r\n");
  private static final byte[] LENGTH = ascii("content-length: ");

  private byte[] scratch = new byte[2048];
  private int length;

  /// The request in one buffer, which the socket takes with one call.
  ///
  /// @throws IllegalArgumentException when the head holds what would break it
  ByteBuf write(UpstreamRequest request, ByteBufAllocator allocator) {
    head(request);
    List<Slice> body = request.body();
    ByteBuf buffer = allocator.directBuffer(length + (int) request.bodyBytes());
    buffer.writeBytes(scratch, 0, length);
    for (int i = 0; i < body.size(); i++) {
      Slice slice = body.get(i);
      buffer.writeBytes(slice.array(), slice.offset(), slice.length());
    }
    return buffer;
  }

  private void head(UpstreamRequest request) {
    length = 0;
    text(request.method());
    byteOf(' ');
    text(request.path());
    bytes(VERSION);
    text(request.origin().authority());
    bytes(LINE);
    List<String> headers = request.headers();
    for (int i = 0; i < headers.size(); i += 2) {
      text(headers.get(i));
      bytes(COLON);
      text(headers.get(i + 1));
      bytes(LINE);
    }
    if (request.bodyBytes() > 0 || !request.method().equals("GET")) {
      bytes(LENGTH);
      text(Long.toString(request.bodyBytes()));
      bytes(LINE);
    }
    bytes(LINE);
  }

  private void text(String text) {
    int count = text.length();
    room(count);
    byte[] to = scratch;
    int at = length;
    for (int i = 0; i < count; i++) {
      char c = text.charAt(i);
      if (c == '\r' || c == '\n' || c == 0) {
        throw new IllegalArgumentException("a line break or a zero inside the head of a request");
      }
      // What HTTP cannot carry is not worth a refusal.
      to[at++] = (byte) (c > 0xff ? '?' : c);
    }
    length = at;
  }

  private void bytes(byte[] bytes) {
    room(bytes.length);
    System.arraycopy(bytes, 0, scratch, length, bytes.length);
    length += bytes.length;
  }

  private void byteOf(char c) {
    room(1);
    scratch[length++] = (byte) c;
  }

  private void room(int more) {
    if (length + more > scratch.length) {
      scratch = Arrays.copyOf(scratch, 2 * (length + more));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
