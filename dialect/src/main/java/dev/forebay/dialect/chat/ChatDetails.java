package dev.forebay.dialect.chat;

import dev.forebay.dialect.Provider;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.json.Where;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.Seal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `reasoning_details`: what a message holds of reasoning, seals included.
final class ChatDetails {

  private ChatDetails() {}

  /// Reads the array that is current. Seals that are not ours are nobody's.
  static List<Part> read(JsonReader json, Where owner) throws Fault {
    List<Part> details = new ArrayList<>();
    for (int i = 0; json.nextElement(); i++) {
      Where where = owner.then("reasoning_details", i);
      json.object();
      String id = null;
      String type = "";
      String text = "";
      String held = null;
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        switch (name) {
          case "type" -> type = json.text();
          case "id" -> id = json.textOrSkip();
          case "text" -> text = json.textOr("");
          case "signature", "data" -> {
            String said = json.textOrSkip();
            held = said == null ? held : said;
          }
          default -> json.skip();
        }
      }
      Seal seal =
          held != null && held.startsWith(Seal.PREFIX) ? Seal.of(held, Provider.OPENAI) : null;
      details.add(new Part.Reasoning(id, text, seal, type.equals("reasoning.encrypted"), where));
    }
    return details;
  }

  /// Writes one element.
  static void write(
      @Nullable String id, String text, @Nullable Seal seal, boolean redacted, JsonWriter out) {
    out.object().field("type", redacted ? "reasoning.encrypted" : "reasoning.text");
    out.optional("id", id);
    if (!text.isEmpty()) {
      out.field("text", text);
    }
    if (seal != null) {
      out.field(redacted ? "data" : "signature", seal.tagged());
    }
    out.endObject();
  }
}
