package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An object of a configuration that is read strictly: what is not known or not fitting is an
/// [IllegalArgumentException] with its place, what it is and what is expected.
record StrictNode(JsonNode node, String path) {

  /// Takes an object whose fields must all be among `known`.
  static StrictNode of(JsonNode node, String path, String... known) {
    if (!node.isObject()) {
      throw wrong(path, node, "an object with " + String.join(", ", known));
    }
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!List.of(known).contains(name)) {
        throw new IllegalArgumentException(
            "%s: unknown (did you mean %s? expected: %s)"
                .formatted(
                    at(path, name), Nearest.to(name, List.of(known)), String.join(", ", known)));
      }
    }
    return new StrictNode(node, path);
  }

  private static String at(String path, String name) {
    return path.isEmpty() ? name : path + '.' + name;
  }

  private static IllegalArgumentException wrong(String path, JsonNode node, String expected) {
    return new IllegalArgumentException(
        "%s: %s (expected: %s)".formatted(path.isEmpty() ? "root" : path, node, expected));
  }

  boolean has(String name) {
    return node.has(name);
  }

  JsonNode get(String name) {
    return node.path(name);
  }

  String place(String name) {
    return at(path, name);
  }

  @Nullable String textOrNull(String name) {
    JsonNode value = node.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isValueNode()) {
      throw wrong(place(name), value, "text");
    }
    return value.asText();
  }

  String text(String name) {
    String text = textOrNull(name);
    if (text == null) {
      throw new IllegalArgumentException(place(name) + ": missing (expected: text)");
    }
    return text;
  }

  String text(String name, String otherwise) {
    String text = textOrNull(name);
    return text == null ? otherwise : text;
  }

  long number(String name, long otherwise) {
    JsonNode value = node.path(name);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.canConvertToLong() || !value.isIntegralNumber()) {
      throw wrong(place(name), value, "a whole number");
    }
    return value.longValue();
  }

  int smallNumber(String name, int otherwise) {
    long value = number(name, otherwise);
    if (value != (int) value) {
      throw wrong(place(name), node.path(name), "a whole number of at most " + Integer.MAX_VALUE);
    }
    return (int) value;
  }

  double fraction(String name, double otherwise) {
    JsonNode value = node.path(name);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isNumber()) {
      throw wrong(place(name), value, "a number");
    }
    return value.doubleValue();
  }

  boolean flag(String name) {
    return flag(name, false);
  }

  boolean flag(String name, boolean otherwise) {
    JsonNode value = node.path(name);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw wrong(place(name), value, "true or false");
    }
    return value.booleanValue();
  }

  @Nullable Duration durationOrNull(String name) {
    String text = textOrNull(name);
    return text == null ? null : duration(text, place(name));
  }

  Duration duration(String name, Duration otherwise) {
    Duration duration = durationOrNull(name);
    return duration == null ? otherwise : duration;
  }

  private static Duration duration(String text, String place) {
    int digits = 0;
    while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
      digits++;
    }
    try {
      if (digits == 0 || digits > 12) {
        return Duration.parse(text);
      }
      long amount = Long.parseLong(text.substring(0, digits));
      return switch (text.substring(digits).strip()) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        default -> Duration.parse(text);
      };
    } catch (DateTimeParseException malformed) {
      throw new IllegalArgumentException(
          "%s: '%s' (expected: a duration such as 250ms, 2s, 5m or 1h)".formatted(place, text),
          malformed);
    }
  }

  /// The constant whose name in lower case with hyphens stands under `name`.
  <E extends Enum<E>> E constant(String name, Class<E> type) {
    return constant(text(name), type, place(name));
  }

  static <E extends Enum<E>> E constant(String text, Class<E> type, String place) {
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String kebab = kebab(constant);
      if (kebab.equals(text)) {
        return constant;
      }
      names.add(kebab);
    }
    throw new IllegalArgumentException(
        "%s: '%s' (did you mean %s? expected: %s)"
            .formatted(place, text, Nearest.to(text, names), String.join(", ", names)));
  }

  static String kebab(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The elements of an array; none if it is missing.
  <T> List<T> list(String name, Element<T> element) {
    JsonNode array = node.path(name);
    if (!array.isMissingNode() && !array.isArray()) {
      throw wrong(place(name), array, "a list");
    }
    List<T> list = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      list.add(element.read(array.get(i), place(name) + '[' + i + ']'));
    }
    return list;
  }

  /// Reads one element at its place.
  @FunctionalInterface
  interface Element<T> {
    T read(JsonNode node, String path);
  }

  /// The fields of an object with free names; none if it is missing.
  <T> Map<String, T> map(String name, Function<StrictNode, T> value) {
    JsonNode object = node.path(name);
    if (!object.isMissingNode() && !object.isObject()) {
      throw wrong(place(name), object, "an object");
    }
    Map<String, T> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      map.put(
          field.getKey(),
          value.apply(new StrictNode(field.getValue(), place(name) + '.' + field.getKey())));
    }
    return map;
  }

  /// Reads text that stands in a list.
  static String element(JsonNode node, String path) {
    if (!node.isValueNode() || node.isNull()) {
      throw wrong(path, node, "text");
    }
    return node.asText();
  }
}
