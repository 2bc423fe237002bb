package dev.forebay.dialect.chat;

import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.neutral.Moderation;
import dev.forebay.dialect.neutral.Moderation.Findings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `moderation` of an answer. Chat lists results, responses give one; what a result says is the
/// same in both.
public final class ChatModeration {

  private ChatModeration() {}

  /// Reads the value that is current, in either form; what is no object is none.
  public static @Nullable Moderation read(JsonReader json) throws Fault {
    if (!json.isObject()) {
      json.skip();
      return null;
    }
    Findings input = null;
    Findings output = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "input" -> input = findings(json);
        case "output" -> output = findings(json);
        default -> json.skip();
      }
    }
    return input == null && output == null ? null : new Moderation(input, output);
  }

  private static @Nullable Findings findings(JsonReader json) throws Fault {
    if (!json.isObject()) {
      json.skip();
      return null;
    }
    // Streams are read from memory that is used again.
    Slice whole = Slice.of(json.raw().copy());
    JsonReader inner = JsonReader.ofObject(whole);
    String type = "";
    String model = null;
    List<Slice> results = new ArrayList<>(1);
    for (String name = inner.nextName(); name != null; name = inner.nextName()) {
      switch (name) {
        case "type" -> type = inner.textOr("");
        case "model" -> model = inner.textOrSkip();
        case "results" -> {
          if (inner.isArray()) {
            while (inner.nextElement()) {
              results.add(inner.raw());
            }
          } else {
            inner.skip();
          }
        }
        default -> inner.skip();
      }
    }
    return switch (type) {
      case "moderation_results" -> new Findings(model, results, null);
      case "moderation_result" -> new Findings(model, List.of(whole), null);
      default -> new Findings(null, List.of(), whole);
    };
  }

  /// Writes the field as chat has it.
  static void write(Moderation moderation, JsonWriter out) {
    out.object("moderation").name("input");
    write(moderation.input(), out);
    out.name("output");
    write(moderation.output(), out);
    out.endObject();
  }

  private static void write(@Nullable Findings findings, JsonWriter out) {
    if (findings == null) {
      out.nothing();
    } else if (findings.error() != null) {
      out.raw(findings.error());
    } else {
      out.object().field("type", "moderation_results");
      out.field("model", findings.model() == null ? "" : findings.model()).array("results");
      findings.results().forEach(out::raw);
      out.endArray().endObject();
    }
  }

  /// Writes the field as responses have it, with the first result.
  public static void writeFirst(Moderation moderation, JsonWriter out) {
    out.object("moderation").name("input");
    writeFirst(moderation.input(), out);
    out.name("output");
    writeFirst(moderation.output(), out);
    out.endObject();
  }

  private static void writeFirst(@Nullable Findings findings, JsonWriter out) {
    if (findings == null) {
      out.nothing();
    } else if (findings.error() != null) {
      out.raw(findings.error());
    } else if (findings.results().isEmpty()) {
      out.nothing();
    } else {
      out.raw(findings.results().getFirst());
    }
  }
}
