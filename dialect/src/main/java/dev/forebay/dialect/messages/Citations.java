package dev.forebay.dialect.messages;

import dev.forebay.dialect.Provider;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.neutral.Citation;
import dev.forebay.dialect.neutral.Seal;
import dev.forebay.dialect.neutral.Target;
import java.util.ArrayList;
import java.util.List;

/// `citations` of a text. Anthropic's own go back to it as they came.
///
/// A source that another provider found is told as one of a web search. Anthropic's sources of that
/// kind carry an index that only it can read; in its place stands a seal with nothing in it, by
/// which the source is known when it comes back, and kept from Anthropic.
final class Citations {

  private Citations() {}

  /// Reads the array that is current; whatever is no citation is passed over.
  static List<Citation> list(JsonReader json) throws Fault {
    List<Citation> citations = new ArrayList<>();
    while (json.nextElement()) {
      if (json.isObject()) {
        citations.add(one(json));
      } else {
        json.skip();
      }
    }
    return citations;
  }

  /// Reads the citation that is current, an object.
  static Citation one(JsonReader json) throws Fault {
    Slice whole = json.raw();
    JsonReader fields = JsonReader.ofObject(whole);
    String url = null;
    String title = null;
    String quote = null;
    boolean tagged = false;
    for (String name = fields.nextName(); name != null; name = fields.nextName()) {
      switch (name) {
        case "url", "source" -> url = fields.textOrSkip();
        case "title", "document_title" -> title = fields.textOrSkip();
        case "cited_text" -> quote = fields.textOrSkip();
        case "encrypted_index" -> {
          String index = fields.textOrSkip();
          tagged = index != null && index.startsWith(Seal.PREFIX);
        }
        default -> fields.skip();
      }
    }
    return new Citation(url, title, quote, -1, -1, tagged ? null : whole);
  }

  /// Whether a client can be told of it.
  static boolean isTold(Citation citation) {
    return citation.own() != null || citation.url() != null;
  }

  /// Writes those of an answer that a client can be told of, if there are any.
  static void write(List<Citation> citations, Target target, JsonWriter out) {
    boolean any = false;
    for (Citation citation : citations) {
      if (isTold(citation)) {
        if (!any) {
          out.array("citations");
          any = true;
        }
        write(citation, target, out);
      }
    }
    if (any) {
      out.endArray();
    }
  }

  static void write(Citation citation, Target target, JsonWriter out) {
    Slice own = citation.own();
    if (own != null) {
      out.raw(own);
      return;
    }
    String quote = citation.quote() == null ? "" : citation.quote();
    Provider finder = target.provider();
    out.object().field("type", "web_search_result_location").field("cited_text", quote);
    out.field("encrypted_index", new Seal(finder, target.group(), "").tagged());
    out.field("title", citation.title()).field("url", citation.url()).endObject();
  }

  /// Writes those of a text that goes back to Anthropic; false when some cannot.
  static boolean writeBack(List<Citation> citations, JsonWriter out) {
    boolean any = false;
    boolean all = true;
    for (Citation citation : citations) {
      Slice own = citation.own();
      if (own == null) {
        all = false;
        continue;
      }
      if (!any) {
        out.array("citations");
        any = true;
      }
      out.raw(own);
    }
    if (any) {
      out.endArray();
    }
    return all;
  }
}
