package dev.forebay.transport.client;

import dev.forebay.dialect.Slice;
import dev.forebay.exchange.UpstreamRequest;
import dev.forebay.transport.wire.HeadText;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;

/// Writes a request as HTTP/1.1. Event loop only: one text serves all requests of a loop.
final class RequestText {

  private static final byte[] VERSION = HeadText.ascii(" HTTP/1.1\r\nhost: ");
  private static final byte[] LENGTH = HeadText.ascii("content-length: ");
  private static final byte[] SPACE = HeadText.ascii(" ");

  private final HeadText head = new HeadText();

  /// The request in one buffer, which the socket takes with one call.
  ///
  /// @throws IllegalArgumentException when the head holds what would break it
  ByteBuf write(UpstreamRequest request, ByteBufAllocator allocator) {
    head(request);
    List<Slice> body = request.body();
    ByteBuf buffer = allocator.directBuffer(head.length() + (int) request.bodyBytes());
    head.copyTo(buffer);
    for (int i = 0; i < body.size(); i++) {
      Slice slice = body.get(i);
      buffer.writeBytes(slice.array(), slice.offset(), slice.length());
    }
    return buffer;
  }

  private void head(UpstreamRequest request) {
    head.clear();
    head.text(request.method());
    head.bytes(SPACE);
    head.text(request.path());
    head.bytes(VERSION);
    head.text(request.origin().authority());
    head.line();
    List<String> headers = request.headers();
    for (int i = 0; i < headers.size(); i += 2) {
      head.header(headers.get(i), headers.get(i + 1));
    }
    if (request.bodyBytes() > 0 || !request.method().equals("GET")) {
      head.bytes(LENGTH);
      head.number(request.bodyBytes());
      head.line();
    }
    head.line();
  }
}
