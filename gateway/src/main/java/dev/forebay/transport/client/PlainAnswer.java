package dev.forebay.transport.client;

import dev.forebay.transport.wire.HeadLines;
import dev.forebay.transport.wire.HeadNames;
import dev.forebay.transport.wire.HeadText;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The head of a plain answer: HTTP/1.1, a body of announced length, a connection that stays open.
/// Answers that are anything else, streams among them, are for Netty's decoder.
///
/// @param length bytes of the head, the empty line included
record PlainAnswer(int status, HeadLines headers, int length) {

  private static final byte[] START = HeadText.ascii("HTTP/1.1 ");
  private static final int STATUS_DIGITS = 3;
  private static final int AFTER_STATUS = START.length + STATUS_DIGITS;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  /// Room for a usual head; what does not fit is not plain. One for all answers of a loop.
  static byte[] scratch() {
    return new byte[8 << 10];
  }

  /// Reads a head that lies whole at the beginning of `buffer`, whose position stays; null when it
  /// is none, or not plain.
  static @Nullable PlainAnswer read(ByteBuf buffer, byte[] scratch, HeadNames names) {
    int available = Math.min(buffer.readableBytes(), scratch.length);
    buffer.getBytes(buffer.readerIndex(), scratch, 0, available);
    if (available <= AFTER_STATUS
        || !Arrays.equals(scratch, 0, START.length, START, 0, START.length)) {
      return null;
    }
    int status = status(scratch);
    int end = HeadLines.end(scratch, AFTER_STATUS, available);
    if (status < 200 || status == NO_CONTENT || status == NOT_MODIFIED || end < 0) {
      return null;
    }
    int line = AFTER_STATUS;
    while (scratch[line] >= ' ' || scratch[line] < 0) {
      line++;
    }
    if (scratch[line] != '\r' || scratch[line + 1] != '\n') {
      return null;
    }
    HeadLines lines = HeadLines.read(Arrays.copyOf(scratch, end), line + 2, names);
    return lines == null ? null : new PlainAnswer(status, lines, end);
  }

  /// The status; -1 when there is none.
  private static int status(byte[] bytes) {
    int status = 0;
    for (int i = START.length; i < AFTER_STATUS; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      status = 10 * status + digit;
    }
    return bytes[AFTER_STATUS] == ' ' || bytes[AFTER_STATUS] == '\r' ? status : -1;
  }

  /// Bytes of the body.
  long contentLength() {
    return headers.contentLength();
  }
}
