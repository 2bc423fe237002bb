package dev.forebay.dialect.translate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// JSON as maps and lists, to be compared and to be spoilt.
final class Tree {

  private static final JsonFactory JSON = new JsonFactory();
  private static final String[] OTHERS = {
    "null",
    "true",
    "7",
    "-1.5e9",
    "12345678901234567890",
    "\"\"",
    "\"x\"",
    "[]",
    "{}",
    "[{}]",
    "[null]",
    "{\"type\":\"x\"}",
    "{\"type\":7}",
    "[[\"x\"]]",
    "\"\\ud800\"",
    "\"data:;base64,\""
  };

  private Tree() {}

  /// A number, kept as it was written.
  private record Literal(String text) {}

  static @Nullable Object of(byte[] json) throws IOException {
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      return value(parser);
    }
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    switch (token) {
      case START_OBJECT -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
          parser.nextToken();
          map.put(name, value(parser));
        }
        return map;
      }
      case START_ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        return list;
      }
      case VALUE_STRING -> {
        return parser.getText();
      }
      default -> {
        return new Literal(parser.getText());
      }
    }
  }

  static byte[] bytes(@Nullable Object tree) {
    JsonWriter out = new JsonWriter(1_024);
    write(tree, out, false);
    return out.take();
  }

  /// With the fields of every object in reverse.
  static byte[] reversed(@Nullable Object tree) {
    JsonWriter out = new JsonWriter(1_024);
    write(tree, out, true);
    return out.take();
  }

  private static void write(@Nullable Object tree, JsonWriter out, boolean reversed) {
    switch (tree) {
      case null -> out.nothing();
      case Map<?, ?> map -> {
        out.object();
        List<? extends Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
        for (Map.Entry<?, ?> entry : reversed ? entries.reversed() : entries) {
          out.key((String) entry.getKey());
          write(entry.getValue(), out, reversed);
        }
        out.endObject();
      }
      case List<?> list -> {
        out.array();
        list.forEach(element -> write(element, out, reversed));
        out.endArray();
      }
      case String text -> out.text(text);
      case Literal literal -> out.raw(Slice.of(literal.text().getBytes(StandardCharsets.UTF_8)));
      default -> throw new IllegalArgumentException("no JSON: " + tree);
    }
  }

  /// The same tree with an unknown field in front of every object.
  static @Nullable Object withUnknownFields(@Nullable Object tree) {
    return switch (tree) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> more = new LinkedHashMap<>();
        more.put("zz_unknown", List.of(Map.of("type", "x"), "y"));
        map.forEach((name, value) -> more.put((String) name, withUnknownFields(value)));
        yield more;
      }
      case List<?> list -> {
        List<@Nullable Object> more = new ArrayList<>();
        list.forEach(element -> more.add(withUnknownFields(element)));
        yield more;
      }
      case null, default -> tree;
    };
  }

  /// The same document with one value replaced by another kind of value, or a field left out.
  static byte[] spoilt(byte[] json, RandomGenerator random) throws IOException {
    Object tree = of(json);
    int values = count(tree);
    int[] countdown = {random.nextInt(values)};
    return bytes(spoilt(tree, countdown, random));
  }

  private static int count(@Nullable Object tree) {
    return switch (tree) {
      case Map<?, ?> map -> 1 + map.values().stream().mapToInt(Tree::count).sum();
      case List<?> list -> 1 + list.stream().mapToInt(Tree::count).sum();
      case null, default -> 1;
    };
  }

  private static @Nullable Object spoilt(
      @Nullable Object tree, int[] countdown, RandomGenerator random) throws IOException {
    if (countdown[0]-- == 0) {
      return of(OTHERS[random.nextInt(OTHERS.length)].getBytes(StandardCharsets.UTF_8));
    }
    switch (tree) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> other = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          boolean hit = countdown[0] == 0;
          Object value = spoilt(entry.getValue(), countdown, random);
          if (!hit || random.nextInt(3) > 0) {
            other.put((String) entry.getKey(), value);
          }
        }
        return other;
      }
      case List<?> list -> {
        List<@Nullable Object> other = new ArrayList<>();
        for (Object element : list) {
          other.add(spoilt(element, countdown, random));
        }
        return other;
      }
      case null, default -> {
        return tree;
      }
    }
  }
}
