package dev.forebay.transport.client;

import dev.forebay.transport.wire.KnownNames;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;

/// Cuts what a provider sends into heads and pieces of bodies. Event loop only.
///
/// Only the names of headers that providers send every time are special: they are not made anew.
final class AnswerDecoder extends HttpResponseDecoder {

  private static final int LARGEST_HEADERS = 64 << 10;
  private static final int LARGEST_CHUNK = 64 << 10;
  private static final int TYPICAL_LINE = 256;

  private static final HttpDecoderConfig CONFIG =
      new HttpDecoderConfig()
          .setMaxHeaderSize(LARGEST_HEADERS)
          .setMaxChunkSize(LARGEST_CHUNK)
          .setInitialBufferSize(TYPICAL_LINE)
          .setHeadersFactory(DefaultHttpHeadersFactory.headersFactory().withValidation(false))
          .setTrailersFactory(DefaultHttpHeadersFactory.trailersFactory().withValidation(false));

  private static final int SLOTS = 256;
  private static final AsciiString[] KNOWN = known();

  AnswerDecoder() {
    super(CONFIG);
  }

  private static AsciiString[] known() {
    AsciiString[] slots = new AsciiString[SLOTS];
    for (String name : KnownNames.ALL) {
      byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
      slots[slot(bytes, 0, bytes.length)] = AsciiString.of(KnownNames.of(name));
    }
    return slots;
  }

  private static int slot(byte[] name, int from, int length) {
    int hash = length * 31 + name[from];
    hash = hash * 31 + name[from + length / 2];
    hash = hash * 31 + name[from + length - 1];
    return (hash ^ hash >>> 8) & (SLOTS - 1);
  }

  @Override
  protected AsciiString splitHeaderName(byte[] line, int start, int length) {
    if (length > 0) {
      AsciiString known = KNOWN[slot(line, start, length)];
      if (known != null && known.length() == length && matches(known, line, start)) {
        return known;
      }
    }
    return super.splitHeaderName(line, start, length);
  }

  private static boolean matches(AsciiString known, byte[] line, int start) {
    for (int i = 0; i < known.length(); i++) {
      if (known.byteAt(i) != line[start + i]) {
        return false;
      }
    }
    return true;
  }
}
