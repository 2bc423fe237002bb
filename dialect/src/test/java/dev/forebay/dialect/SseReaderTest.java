package dev.forebay.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseReaderTest {

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void eventsEndWithABlankLine(String end) {
    String stream = "data: a" + end + end + "event: x" + end + "data: b" + end + end;
    assertThat(read(stream.getBytes(UTF_8), 1000).events)
        .containsExactly(
            "data: a" + end + end + "|1", "event: x" + end + "data: b" + end + end + "|2");
  }

  @Test
  void lineEndsMayBeMixed() {
    assertThat(read("a\n\r\nb\r\rc\r\n\nd\r\n\re\n\n".getBytes(UTF_8), 1000).events)
        .containsExactly("a\n\r\n|1", "b\r\r|1", "c\r\n\n|1", "d\r\n\r|1", "e\n\n|1");
  }

  @Test
  void blankLinesByThemselvesAreEventsWithoutLines() {
    assertThat(read("a\n\n\n\nb\n\n".getBytes(UTF_8), 1000).events)
        .containsExactly("a\n\n|1", "\n|0", "\n|0", "b\n\n|1");
  }

  @Test
  void theSameEventsWhereverTheCutsAre() {
    byte[] stream =
        "data: a\n\n: c\r\n\r\nevent: é\rdata: 1\rdata: 2\r\r\r\ndata: b\r\n\r\ndata: tail"
            .getBytes(UTF_8);
    List<String> whole = read(stream, stream.length).events;
    assertThat(whole).hasSize(6);
    for (int size = 1; size < stream.length; size++) {
      assertThat(read(stream, size).events).as("pieces of %d", size).isEqualTo(whole);
    }
  }

  @Property(runs = 500)
  void theSameEventsForAnyLineEndsAndCuts(long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(60); i > 0; i--) {
      text.append(List.of("\n", "\r", "\r\n", "data: x", "\t", "é", "").get(random.nextInt(7)));
    }
    byte[] stream = text.toString().getBytes(UTF_8);
    Recorder whole = read(stream, Math.max(1, stream.length));
    Recorder cut = new Recorder();
    SseReader reader = new SseReader(1 << 20);
    for (int at = 0; at < stream.length; ) {
      int length = Math.min(stream.length - at, random.nextInt(0, 9));
      reader.feed(Arrays.copyOfRange(stream, at, at + length), 0, length, cut);
      at += length;
    }
    cut.rest(reader);
    assertThat(cut.events).isEqualTo(whole.events);
    assertThat(String.join("", cut.events).replaceAll("\\|\\d+", "")).isEqualTo(text.toString());
  }

  @Test
  void anEventWithinAChunkIsNotCopied() {
    byte[] chunk = "data: a\n\ndata: b\n\ndata: c".getBytes(UTF_8);
    List<byte[]> arrays = new ArrayList<>();
    SseReader.Sink sink = arraysInto(arrays);
    SseReader reader = new SseReader(100);
    reader.feed(chunk, 0, chunk.length, sink);
    assertThat(arrays).hasSize(2).allMatch(array -> array == chunk);
  }

  @Test
  void whatHasBeenHandedOnIsNotWrittenToAgain() {
    List<byte[]> arrays = new ArrayList<>();
    SseReader.Sink sink = arraysInto(arrays);
    SseReader reader = new SseReader(100);
    for (String piece : List.of("data: fir", "st\n\ndata: sec", "ond\n\n")) {
      reader.feed(piece.getBytes(UTF_8), 0, piece.length(), sink);
    }
    assertThat(new String(arrays.get(0), 0, 13, UTF_8)).isEqualTo("data: first\n\n");
    assertThat(new String(arrays.get(1), 0, 14, UTF_8)).isEqualTo("data: second\n\n");
  }

  @Test
  void anEventThatNeverEndsIsRefusedWithoutBeingHeld() {
    SseReader reader = new SseReader(1000);
    byte[] piece = new byte[300];
    Arrays.fill(piece, (byte) 'x');
    Recorder recorder = new Recorder();
    for (int i = 0; i < 3; i++) {
      assertThat(reader.feed(piece, 0, piece.length, recorder)).isTrue();
    }
    assertThat(reader.feed(piece, 0, piece.length, recorder)).isFalse();
    assertThat(reader.feed("\n\n".getBytes(UTF_8), 0, 2, recorder)).isFalse();
    assertThat(recorder.events).isEmpty();
  }

  private static SseReader.Sink arraysInto(List<byte[]> arrays) {
    return new SseReader.Sink() {
      @Override
      public void event(byte[] array, int from, int to, int lines) {
        arrays.add(array);
      }

      @Override
      public void lineFeed(byte[] array, int from, int to) {}
    };
  }

  private static Recorder read(byte[] stream, int size) {
    SseReader reader = new SseReader(1 << 20);
    Recorder recorder = new Recorder();
    for (int at = 0; at < stream.length; at += size) {
      int length = Math.min(size, stream.length - at);
      reader.feed(Arrays.copyOfRange(stream, at, at + length), 0, length, recorder);
    }
    recorder.rest(reader);
    return recorder;
  }

  private static final class Recorder implements SseReader.Sink {
    final List<String> events = new ArrayList<>();

    @Override
    public void event(byte[] array, int from, int to, int lines) {
      events.add(new String(array, from, to - from, UTF_8) + "|" + lines);
    }

    @Override
    public void lineFeed(byte[] array, int from, int to) {
      String last = events.removeLast();
      int bar = last.lastIndexOf('|');
      events.add(last.substring(0, bar) + "\n" + last.substring(bar));
    }

    void rest(SseReader reader) {
      Slice rest = reader.rest();
      if (rest != null) {
        events.add(rest.text());
      }
    }
  }
}
