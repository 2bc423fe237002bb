package dev.forebay.dialect.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_32;
import static java.nio.charset.StandardCharsets.UTF_32BE;
import static java.nio.charset.StandardCharsets.UTF_32LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.JacksonWalk;
import dev.forebay.dialect.Property;
import dev.forebay.dialect.Slice;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Jackson's parser is the measure of what is JSON and of what it says.
class JsonReaderTest {

  @Property(runs = 500)
  void findsWhatJacksonFinds(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    for (int i = 0; i < 20; i++) {
      compare(placed(JsonDocuments.any(random), random));
    }
  }

  @Property(runs = 500)
  void refusesWhatJacksonRefuses(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    for (int i = 0; i < 60; i++) {
      byte[] spoilt = JsonDocuments.spoilt(JsonDocuments.any(random), random);
      compare(
          placed(random.nextInt(4) == 0 ? JsonDocuments.spoilt(spoilt, random) : spoilt, random));
    }
  }

  /// A document between bytes that are none of its own.
  private static Slice placed(byte[] json, RandomGenerator random) {
    byte[] array = "\"x\\\"]}0123".repeat(json.length / 10 + 4).getBytes(UTF_8);
    int at = random.nextInt(array.length - json.length);
    System.arraycopy(json, 0, array, at, json.length);
    return new Slice(array, at, json.length);
  }

  private static void compare(Slice json) {
    if (json.text().isBlank()) {
      return;
    }
    JacksonWalk jackson = JacksonWalk.of(json);
    List<String> found = new ArrayList<>();
    Fault fault = walk(json, found);
    if (fault == null) {
      assertThat(jackson.whole()).as(json.text()).isTrue();
      assertThat(found).isEqualTo(jackson.found());
      assertThat(values(json)).isEqualTo(jackson.values());
    } else if (jackson.whole()) {
      // Jackson takes forms of UTF-8 that nobody else does.
      assertThat(isUtf8(json)).as("%s: %s", json.text(), fault.message()).isFalse();
    } else {
      assertThat(list(fault.path()))
          .as("%s: %s", json.text(), fault.message())
          .isEqualTo(list(jackson.path()));
    }
    assertThat(isPassedOver(json)).as(json.text()).isEqualTo(fault == null);
  }

  /// Between two elements Jackson is sometimes at the one and sometimes at the other.
  private static String list(@Nullable String path) {
    return path == null ? "" : path.replaceAll("\\[\\d+]$", "[]");
  }

  private static boolean isUtf8(Slice json) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(json.array(), json.offset(), json.length()));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static @Nullable Fault walk(Slice json, List<String> found) {
    try {
      JsonReader reader = JsonReader.of(json);
      value(reader, found);
      reader.end();
      return null;
    } catch (Fault fault) {
      assertThat(fault.kind()).isEqualTo(GatewayError.Kind.INVALID_JSON);
      return fault;
    }
  }

  private static void value(JsonReader reader, List<String> found) throws Fault {
    if (reader.isObject()) {
      for (String name = reader.nextName(); name != null; name = reader.nextName()) {
        found.add(name);
        value(reader, found);
      }
    } else if (reader.isArray()) {
      while (reader.nextElement()) {
        value(reader, found);
      }
    } else {
      found.addAll(scalar(reader));
    }
  }

  private static List<String> scalar(JsonReader reader) throws Fault {
    String is = reader.path() + " is ";
    if (reader.isNull()) {
      return List.of(is + "null");
    }
    if (reader.isText()) {
      assertThat(reader.words()).hasToString(reader.text());
      return List.of(is + "\"" + reader.text());
    }
    Boolean flag = said(reader::flag);
    return flag == null
        ? List.of(
            is + Objects.requireNonNullElse(said(reader::number), "too large"),
            "as an integer " + said(reader::integer))
        : List.of(is + flag);
  }

  private interface Question<T> {
    @Nullable T ask() throws Fault;
  }

  private static <T> @Nullable T said(Question<T> question) {
    try {
      return question.ask();
    } catch (Fault somethingElse) {
      return null;
    }
  }

  private static List<String> values(Slice json) {
    List<String> values = new ArrayList<>();
    try {
      values(JsonReader.of(json).raw(), values);
    } catch (Fault fault) {
      throw new AssertionError(fault.message(), fault);
    }
    return values;
  }

  private static void values(Slice value, List<String> values) throws Fault {
    JsonReader reader = JsonReader.of(value);
    if (reader.isObject()) {
      while (reader.nextName() != null) {
        values(reader.raw(), values);
      }
    } else if (reader.isArray()) {
      while (reader.nextElement()) {
        values(reader.raw(), values);
      }
    }
    values.add(value.text());
  }

  private static boolean isPassedOver(Slice json) {
    try {
      JsonReader reader = JsonReader.of(json);
      reader.skip();
      reader.end();
      return true;
    } catch (Fault fault) {
      return false;
    }
  }

  private static Fault fault(String json) {
    return fault(json.getBytes(UTF_8));
  }

  private static Fault fault(byte[] json) {
    return requireNonNull(walk(Slice.of(json), new ArrayList<>()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":[1,{\"b\":tru}]}|a[1].b|byte 16, line 1, column 17, in a[1].b: there is \"}\" where the word true should be",
        "{\"a\":1 \"b\":2}|a|byte 7, line 1, column 8, in a: there is \"\"\" where a comma or \"}\" should be",
        "{\"a\":1,}|a|byte 7, line 1, column 8, in a: there is \"}\" where a name in quotes should be",
        "[1 2]|[0]|byte 3, line 1, column 4, in [0]: there is \"2\" where a comma or \"]\" should be",
        "[1,]|[1]|byte 3, line 1, column 4, in [1]: there is \"]\" where a value should be",
        "{\"a\" 1}|a|byte 5, line 1, column 6, in a: there is \"1\" where a colon should be",
        "{\"a\":\"b|a|byte 7, line 1, column 8, in a: it ends within a string",
        "{\"a\":|a|byte 5, line 1, column 6, in a: it ends where a value should be",
        "{\"a\":\"\\q\"}|a|byte 6, line 1, column 7, in a: \\q is no escape",
        "{\"a\":\"\\u12g4\"}|a|byte 6, line 1, column 7, in a: \\u12g4 is no escape",
        "{\"a\":\"b\\|a|byte 7, line 1, column 8, in a: it ends within an escape",
        "{\"a\":01}|a|byte 6, line 1, column 7, in a: a number may not begin with a zero",
        "{\"a\":1.}|a|byte 7, line 1, column 8, in a: there is \"}\" where a digit should be",
        "{\"a\":NaN}|a|byte 5, line 1, column 6, in a: there is \"N\" where a value should be"
      })
  void saysWhatIsWrongAndWhere(String json, String path, String reason) {
    Fault fault = fault(json);
    assertThat(fault.path()).isEqualTo(path);
    assertThat(fault.message()).isEqualTo("The body is not valid JSON: " + reason + ".");
  }

  @Test
  void countsLinesAsEditorsDo() {
    assertThat(fault("{\r\n\n \"a\":\r   x}").message())
        .contains("byte 13, line 4, column 4, in a: there is \"x\"");
    assertThat(fault("[\"a\tb\"]").message()).contains("byte 0x09 must be escaped");
  }

  @Test
  void namesTheValueThatIsOfTheWrongKind() throws Fault {
    JsonReader json = JsonReader.ofObject(Slice.of("{\"a\":[{\"b\":[]}]}".getBytes(UTF_8)));
    assertThat(json.nextName()).isEqualTo("a");
    assertThat(json.wrong("a string").message())
        .isEqualTo("\"a\" must be a string, but is an array.");
    assertThat(json.nextElement()).isTrue();
    assertThat(json.wrong("a string").path()).isEqualTo("a[0]");
    assertThat(json.nextName()).isEqualTo("b");
    assertThat(json.wrong("a string").path()).isEqualTo("a[0].b");

    JsonReader kept = JsonReader.of(json.raw(), Where.of("input", 3).then("content"));
    assertThat(kept.wrong("a string").path()).isEqualTo("input[3].content");
    kept = JsonReader.of(Slice.of("[1]".getBytes(UTF_8)), Where.of("input"));
    assertThat(kept.nextElement()).isTrue();
    assertThat(kept.wrong("a string").path()).isEqualTo("input[0]");
  }

  @Test
  void whatLiesTooDeepOrIsTooLongIsRefused() {
    String deep = "[".repeat(500) + "]".repeat(500);
    assertThat(walk(Slice.of(deep.getBytes(UTF_8)), new ArrayList<>())).isNull();
    assertThat(fault("[" + deep + "]").message()).contains("it is nested deeper than 500 levels");
    assertThat(fault("{\"a\":" + "{\"a\":".repeat(500)).path()).startsWith("….a.a").hasSize(25);
    assertThat(fault("[" + "1".repeat(1_001) + "]").message()).contains("longer than 1000 bytes");
    assertThat(fault("{\"" + "n".repeat(50_001) + "\":1}").message())
        .contains("a name is longer than 50000 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80",
        "bf",
        "c0 80",
        "c1 bf",
        "c3",
        "c3 22",
        "e2 82",
        "e2 28 a1",
        "e0 9f bf",
        "ed a0 80",
        "ed bf bf",
        "f0 8f bf bf",
        "f4 90 80 80",
        "f5 80 80 80",
        "f0 9f 98",
        "ff"
      })
  void whatIsNoUtf8IsRefusedInEveryString(String hex) {
    byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex);
    for (String before : new String[] {"[\"", "[\"é", "[\"some words in front of it", "{\""}) {
      String behind = before.startsWith("{") ? "\":1}" : "\"]";
      byte[] json = (before + new String(bytes, ISO_8859_1) + behind).getBytes(ISO_8859_1);
      assertThat(fault(json).message()).contains("begins no character in UTF-8");
    }
  }

  @Test
  void onlyUtf8IsRead() throws Fault {
    for (Charset wide : new Charset[] {UTF_16, UTF_16BE, UTF_16LE, UTF_32, UTF_32BE, UTF_32LE}) {
      assertThat(fault("{\"a\":1}".getBytes(wide)).message())
          .isEqualTo("The body must be JSON in UTF-8, but is not.");
    }
    JsonReader marked = JsonReader.ofObject(Slice.of("\ufeff{\"a\":1}".getBytes(UTF_8)));
    assertThat(marked.nextName()).isEqualTo("a");
  }

  @Test
  void anEmptyBodyIsNoObject() {
    for (String empty : new String[] {"", " \n"}) {
      assertThatExceptionOfType(Fault.class)
          .isThrownBy(() -> JsonReader.ofObject(Slice.of(empty.getBytes(UTF_8))))
          .withMessage("The body must be a JSON object, but is empty.");
    }
  }

  @Test
  void whatFollowsTheDocumentIsRefused() {
    assertThat(fault("{} x").message())
        .isEqualTo("The body goes on behind its JSON value, at byte 3.");
  }
}
