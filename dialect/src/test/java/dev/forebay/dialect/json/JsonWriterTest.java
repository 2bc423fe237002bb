package dev.forebay.dialect.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Property;
import dev.forebay.dialect.Slice;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class JsonWriterTest {

  private static final String ODD =
      "\"\\\n\r\t\b\f\u0000\u001f\u2028\u2029\u2027â€é \u007f\ud83d\ude00/<>&abcdefgh";

  @Property(runs = 100)
  void whatIsWrittenIsReadAgain(long seed) throws Fault {
    RandomGenerator random = new SplittableRandom(seed);
    for (int length = 0; length < 60; length++) {
      StringBuilder text = new StringBuilder();
      while (text.length() < length) {
        text.appendCodePoint(
            ODD.codePointAt(
                ODD.offsetByCodePoints(0, random.nextInt(ODD.codePointCount(0, ODD.length())))));
      }
      byte[] json = new JsonWriter(0).text(text.toString()).take();
      assertThat(new String(json, UTF_8)).doesNotContain("\u2028", "\u2029", "\n", "\r");
      assertThat(JsonReader.of(Slice.of(json)).text()).isEqualTo(text.toString());

      byte[] nested = new JsonWriter(0).quoted(Slice.of(json)).take();
      assertThat(JsonReader.of(Slice.of(nested)).text()).isEqualTo(new String(json, UTF_8));
    }
  }

  @Test
  void putsCommasWhereTheyBelong() {
    JsonWriter out = new JsonWriter(8);
    out.object().field("a", 1).array("b").endArray().object("c").nothing("d").endObject();
    out.array("e").number(1).text("x").object().endObject().array().endArray().endArray();
    out.field("f", true).key("gé").number(1.5).field("h", Slice.of("[1,\n 2]".getBytes(UTF_8)));
    assertThat(new String(out.endObject().take(), UTF_8))
        .isEqualTo(
            "{\"a\":1,\"b\":[],\"c\":{\"d\":null},\"e\":[1,\"x\",{},[]],\"f\":true,\"gé\":1.5,"
                + "\"h\":[1,  2]}");
  }

  @Test
  void loneSurrogatesBecomeSomethingReadable() throws Fault {
    byte[] json = new JsonWriter(8).text("a\ud800b").take();
    assertThat(JsonReader.of(Slice.of(json)).text()).isEqualTo("a?b");
  }
}
