package dev.forebay.transport.admin;

import dev.forebay.control.Edit;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the fields of a body that the contract has passed.
final class Body {

  private static final double NANOS = 1e9;

  private Body() {}

  /// What the body does to a field: left out it stays, null clears it.
  static <T> Edit<T> edit(JsonObject body, String field, Function<Object, T> read) {
    if (!body.containsKey(field)) {
      return Edit.keep();
    }
    Object value = body.getValue(field);
    return value == null ? Edit.clear() : Edit.put(read.apply(value));
  }

  static Edit<String> text(JsonObject body, String field) {
    return edit(body, field, String::valueOf);
  }

  static Edit<Long> number(JsonObject body, String field) {
    return edit(body, field, value -> ((Number) value).longValue());
  }

  static Edit<Integer> integer(JsonObject body, String field) {
    return edit(body, field, value -> ((Number) value).intValue());
  }

  static Edit<Boolean> flag(JsonObject body, String field) {
    return edit(body, field, value -> (Boolean) value);
  }

  static Edit<Long> money(JsonObject body, String field) {
    return edit(body, field, value -> nanos((Number) value));
  }

  static Edit<Set<String>> texts(JsonObject body, String field) {
    return edit(body, field, value -> texts((JsonArray) value));
  }

  private static Set<String> texts(JsonArray array) {
    Set<String> texts = new LinkedHashSet<>();
    array.forEach(item -> texts.add(String.valueOf(item)));
    return texts;
  }

  static Set<String> set(JsonObject body, String field) {
    return texts(body.getJsonArray(field, new JsonArray()));
  }

  /// Dollars as billionths; null when the field is left out.
  static @Nullable Long nanoDollars(JsonObject body, String field) {
    Number dollars = body.getNumber(field);
    return dollars == null ? null : nanos(dollars);
  }

  private static long nanos(Number dollars) {
    return Math.round(dollars.doubleValue() * NANOS);
  }
}
