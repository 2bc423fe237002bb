package dev.forebay.transport.server;

import dev.forebay.exchange.Headers;
import dev.forebay.transport.wire.HeadLines;
import dev.forebay.transport.wire.HeadNames;
import dev.forebay.transport.wire.HeadText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The head of a plain request: `POST`, HTTP/1.1, a path of the data plane, a body of announced
/// length, a connection that stays open. That is what clients of the data plane send; everything
/// else, above all what is in doubt, is for a complete HTTP server to judge. Immutable.
final class PlainHead implements Headers {

  /// Heads that are larger are left to others.
  static final int LARGEST = 64 << 10;

  private static final byte[] START = HeadText.ascii("POST /v1");
  private static final byte[] VERSION = HeadText.ascii(" HTTP/1.1\r\n");

  /// Where the path begins.
  private static final int PATH = 5;

  private final byte[] bytes;
  private final int targetEnd;
  private final HeadLines lines;

  private PlainHead(byte[] bytes, int targetEnd, HeadLines lines) {
    this.bytes = bytes;
    this.targetEnd = targetEnd;
    this.lines = lines;
  }

  /// What bytes turned out to be.
  sealed interface Parsed {
    /// A whole head.
    record Whole(PlainHead head) implements Parsed {}

    /// So far a plain head, but not to its end.
    enum Open implements Parsed {
      /// More bytes will tell.
      INSTANCE
    }

    /// Something else.
    enum Foreign implements Parsed {
      /// Not for us.
      INSTANCE
    }
  }

  /// Reads a head from the beginning of `bytes`, which are `available` long and stay as they are
  /// for the time of the call.
  static Parsed parse(byte[] bytes, int available, HeadNames names) {
    int compared = Math.min(available, START.length);
    if (Arrays.mismatch(bytes, 0, compared, START, 0, compared) >= 0) {
      return Parsed.Foreign.INSTANCE;
    }
    int end = HeadLines.end(bytes, START.length, available);
    if (end < 0) {
      return available >= LARGEST ? Parsed.Foreign.INSTANCE : Parsed.Open.INSTANCE;
    }
    int target = START.length;
    while (bytes[target] > ' ' && bytes[target] < 0x7f) {
      target++;
    }
    if (end - target < VERSION.length
        || !Arrays.equals(bytes, target, target + VERSION.length, VERSION, 0, VERSION.length)) {
      return Parsed.Foreign.INSTANCE;
    }
    byte[] head = Arrays.copyOf(bytes, end);
    HeadLines lines = HeadLines.read(head, target + VERSION.length, names);
    return lines != null && lines.hosts() == 1
        ? new Parsed.Whole(new PlainHead(head, target, lines))
        : Parsed.Foreign.INSTANCE;
  }

  /// Bytes of the head, the empty line included.
  int length() {
    return bytes.length;
  }

  /// Bytes of the body that follows.
  long contentLength() {
    return lines.contentLength();
  }

  String path() {
    int question = question();
    return text(PATH, question < 0 ? targetEnd : question);
  }

  @Nullable String query() {
    int question = question();
    return question < 0 ? null : text(question + 1, targetEnd);
  }

  private int question() {
    for (int i = START.length; i < targetEnd; i++) {
      if (bytes[i] == '?') {
        return i;
      }
    }
    return -1;
  }

  private String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  @Override
  public @Nullable String get(String lowerCaseName) {
    return lines.get(lowerCaseName);
  }

  @Override
  public void each(BiConsumer<String, String> action) {
    lines.each(action);
  }
}
