package dev.forebay.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.forebay.dialect.StreamTap.Signal;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// One stream going through a translator.
final class StreamRun {

  private final StreamTranslator translator;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private Signal signal = Signal.PREAMBLE;

  StreamRun(Translation.Translated translated) {
    this.translator = translated.translator();
  }

  StreamRun feed(byte[] answer, int from, int length) {
    // A copy for each piece, so that nothing can be read beyond it.
    byte[] piece = Arrays.copyOfRange(answer, from, from + length);
    signal = translator.feed(piece, 0, length, out::write);
    return this;
  }

  StreamRun feedEach(byte[] answer, int size) {
    for (int at = 0; at < answer.length; at += size) {
      feed(answer, at, Math.min(size, answer.length - at));
    }
    return this;
  }

  /// What the client got, and how it ended.
  String end() {
    if (signal == Signal.PREAMBLE || signal == Signal.CONTENT) {
      signal = translator.end(out::write);
    }
    return out.toString(UTF_8) + signal + "\n" + translator.usage() + "\n";
  }

  StreamTranslator translator() {
    return translator;
  }

  String text() {
    return out.toString(UTF_8);
  }
}
