package dev.forebay.dialect.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.dialect.Property;
import dev.forebay.dialect.Slice;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WordsTest {

  private static final String LONG = "x".repeat(80);

  private static Words read(String literal) throws Fault {
    JsonReader json = JsonReader.ofObject(Slice.of(("{\"a\": " + literal + " }").getBytes(UTF_8)));
    json.nextName();
    Words words = json.words();
    assertThat(json.nextName()).isNull();
    return words;
  }

  private static String written(Words words) {
    return new String(new JsonWriter(16).text(words).take(), UTF_8);
  }

  @Test
  void aLongTextGoesOutAsItCameIn() throws Fault {
    String literal = "\"" + LONG + "\\n\\u00e9 \\/ \\\"naïve\\\" \\\\\"";
    Words words = read(literal);

    assertThat(written(words)).isEqualTo(literal);
    assertThat(words)
        .hasToString(LONG + "\né / \"naïve\" \\")
        .isEqualTo(Words.of(words.toString()));
    assertThat(words.beginsWith('x')).isTrue();
    assertThat(words.isEmpty()).isFalse();
  }

  @Test
  void lineSeparatorsAreEscapedAllTheSame() throws Fault {
    for (String before : new String[] {"", "1234567", "–€"}) {
      String text = LONG + before + "\u2028" + "–\u2029";
      assertThat(written(read("\"" + text + "\"")))
          .isEqualTo("\"" + LONG + before + "\\u2028–\\u2029\"");
    }
  }

  @Test
  void aTextThatDoesNotEndIsAFault() {
    assertThatThrownBy(() -> read("\"" + LONG)).isInstanceOf(Fault.class);
    assertThatThrownBy(() -> read("\"" + LONG + "\\q\"")).isInstanceOf(Fault.class);
  }

  @Property(runs = 300)
  void anyTextComesThrough(long seed) throws Fault {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(LONG);
    for (int i = random.nextInt(60); i > 0; i--) {
      text.append("\\\"\n\u2028\u2029aé€–\t/".charAt(random.nextInt(11)));
    }
    String literal = new String(new JsonWriter(16).text(text.toString()).take(), UTF_8);
    Words words = read(literal);

    assertThat(words).hasToString(text.toString());
    assertThat(read(written(words))).hasToString(text.toString());
  }
}
