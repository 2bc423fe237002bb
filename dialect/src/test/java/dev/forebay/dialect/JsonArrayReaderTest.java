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

class JsonArrayReaderTest {

  @Test
  void elementsComeWithWhatStandsBeforeThem() {
    assertThat(read("[{\"a\":1}\n,\r\n{\"b\":[2,{}]}\n]\n", 1000))
        .containsExactly("[<{\"a\":1}>", "\n,\r\n<{\"b\":[2,{}]}>", "\n]", "\n");
  }

  @Test
  void bracesInStringsAreText() {
    assertThat(read("[{\"a\":\"}]\\\"{\"},{\"\\\\\":\"[\"}]", 1000))
        .containsExactly("[<{\"a\":\"}]\\\"{\"}>", ",<{\"\\\\\":\"[\"}>", "]");
  }

  @Test
  void anObjectInPlaceOfTheArrayIsOneElement() {
    assertThat(read(" {\"error\":{\"code\":503}}\n", 1000))
        .containsExactly(" <{\"error\":{\"code\":503}}>", "\n");
  }

  @Test
  void anEmptyArrayHasNoElements() {
    assertThat(read(" [ ] ", 1000)).containsExactly(" [ ]", " ");
  }

  @Test
  void theSameElementsWhereverTheCutsAre() {
    String text =
        "[{\"a\":\"é}\\\\\\\"\"} , {\"b\":[[1],{\"c\":{}}]},\n{}, 5, \"x]\", {\"d\":1}\n]\n";
    List<String> whole = read(text, 10_000);
    for (int size = 1; size < text.length(); size++) {
      assertThat(String.join("", read(text, size))).isEqualTo(String.join("", whole));
    }
  }

  @Test
  void knowsWhetherTheArrayIsComplete() {
    String text = "[{\"a\":\"]\"}]";
    for (int cut = 0; cut < text.length(); cut++) {
      assertThat(closed(text.substring(0, cut))).as("cut at %d", cut).isFalse();
    }
    assertThat(closed(text)).isTrue();
    assertThat(closed("")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"]", "}}}", "[}{]", "[]]]{", "\"", "[{]}", "text", "{}{}[]"})
  void garbagePassesAndNothingWorse(String text) {
    assertThat(String.join("", read(text, 1)).replaceAll("[<>]", "")).isEqualTo(text);
  }

  @Property(runs = 500)
  void nothingIsLostOrMade(long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(80); i > 0; i--) {
      text.append("[]{}\",:\\ a1".charAt(random.nextInt(11)));
    }
    int size = random.nextInt(1, 20);
    assertThat(String.join("", read(text.toString(), size)).replaceAll("[<>]", ""))
        .isEqualTo(text.toString());
  }

  @Test
  void anElementThatNeverEndsIsRefused() {
    JsonArrayReader reader = new JsonArrayReader(1000);
    byte[] piece = ("[{\"a\":\"" + "x".repeat(600)).getBytes(UTF_8);
    Recorder recorder = new Recorder();
    assertThat(reader.feed(piece, 0, piece.length, recorder)).isTrue();
    assertThat(reader.feed(piece, 0, piece.length, recorder)).isFalse();
    assertThat(reader.feed(piece, 0, piece.length, recorder)).isFalse();
  }

  private static boolean closed(String text) {
    JsonArrayReader reader = new JsonArrayReader(1000);
    reader.feed(text.getBytes(UTF_8), 0, text.length(), new Recorder());
    return reader.isClosed();
  }

  private static List<String> read(String text, int size) {
    byte[] bytes = text.getBytes(UTF_8);
    JsonArrayReader reader = new JsonArrayReader(1 << 20);
    Recorder recorder = new Recorder();
    for (int at = 0; at < bytes.length; at += size) {
      int length = Math.min(size, bytes.length - at);
      assertThat(reader.feed(Arrays.copyOfRange(bytes, at, at + length), 0, length, recorder))
          .isTrue();
    }
    Slice rest = reader.rest();
    if (rest != null) {
      recorder.found.add(rest.text());
    }
    return recorder.found;
  }

  private static final class Recorder implements JsonArrayReader.Sink {
    final List<String> found = new ArrayList<>();

    @Override
    public void element(byte[] array, int from, int to, int elementFrom) {
      found.add(
          new String(array, from, elementFrom - from, UTF_8)
              + "<"
              + new String(array, elementFrom, to - elementFrom, UTF_8)
              + ">");
    }

    @Override
    public void closing(byte[] array, int from, int to) {
      found.add(new String(array, from, to - from, UTF_8));
    }
  }
}
