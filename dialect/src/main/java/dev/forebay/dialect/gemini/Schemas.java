package dev.forebay.dialect.gemini;

import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.json.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Schemas in Gemini's own language turned into JSON Schema, which all other providers take.
///
/// Its types are in capitals, it says `nullable` instead of naming two types, orders properties in
/// a field, and may write bounds as strings. What is JSON Schema already passes unchanged.
final class Schemas {

  private final JsonWriter out;

  private Schemas(JsonWriter out) {
    this.out = out;
  }

  static Slice plain(Slice schema, Where where) throws Fault {
    JsonReader json = JsonReader.of(schema, where);
    JsonWriter out = new JsonWriter(schema.length() + 64);
    new Schemas(out).schema(json);
    return Slice.of(out.take());
  }

  private void schema(JsonReader json) throws Fault {
    if (!json.isObject()) {
      out.raw(json.raw());
      return;
    }
    List<String> types = List.of();
    boolean one = true;
    boolean nullable = false;
    out.object();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "type" -> {
          one = !json.isArray();
          types = types(json);
        }
        case "nullable" -> nullable = Boolean.TRUE.equals(json.flag());
        case "propertyOrdering", "property_ordering" -> json.skip();
        case "properties", "$defs", "definitions", "patternProperties" -> {
          out.key(name);
          map(json);
        }
        case "items", "additionalProperties", "not" -> {
          out.key(name);
          schema(json);
        }
        case "anyOf", "oneOf", "allOf", "prefixItems" -> {
          out.key(name);
          list(json);
        }
        case "any_of" -> {
          out.key("anyOf");
          list(json);
        }
        case "minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties" -> {
          out.key(name);
          bound(json);
        }
        default -> out.key(name).raw(json.raw());
      }
    }
    types(types, one, nullable);
    out.endObject();
  }

  private static List<String> types(JsonReader json) throws Fault {
    List<String> types = new ArrayList<>();
    if (json.isArray()) {
      while (json.nextElement()) {
        types.add(json.text().toLowerCase(Locale.ROOT));
      }
    } else if (!json.isNull()) {
      types.add(json.text().toLowerCase(Locale.ROOT));
    }
    return types;
  }

  private void types(List<String> types, boolean one, boolean nullable) {
    if (types.isEmpty()) {
      return;
    }
    out.name("type");
    if (one && !nullable) {
      out.text(types.getFirst());
      return;
    }
    out.array();
    types.forEach(out::text);
    if (nullable && !types.contains("null")) {
      out.text("null");
    }
    out.endArray();
  }

  private void map(JsonReader json) throws Fault {
    if (!json.isObject()) {
      out.raw(json.raw());
      return;
    }
    out.object();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      out.key(name);
      schema(json);
    }
    out.endObject();
  }

  private void list(JsonReader json) throws Fault {
    if (!json.isArray()) {
      out.raw(json.raw());
      return;
    }
    out.array();
    while (json.nextElement()) {
      schema(json);
    }
    out.endArray();
  }

  /// Sixty-four-bit numbers are strings in the protocol's JSON.
  private void bound(JsonReader json) throws Fault {
    if (json.isText()) {
      String text = json.text();
      boolean number =
          !text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
      if (number) {
        out.number(Long.parseLong(text));
      } else {
        out.text(text);
      }
    } else {
      out.raw(json.raw());
    }
  }
}
