package dev.forebay.dialect.responses;

import dev.forebay.dialect.Provider;
import dev.forebay.dialect.chat.PromptCache;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.Where;
import dev.forebay.dialect.neutral.Citation;
import dev.forebay.dialect.neutral.DataUrl;
import dev.forebay.dialect.neutral.Feature;
import dev.forebay.dialect.neutral.Losses;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.Part.Media;
import dev.forebay.dialect.neutral.Part.Source;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads content parts, of requests and of answers. *Confined to one call.*
///
/// @param losses null for answers
record ResponsesContent(@Nullable Losses losses) {

  /// A string, or an array of parts; null when it is null. What is neither is somebody else's.
  @Nullable List<Part> parts(JsonReader json, Where where) throws Fault {
    if (json.isNull()) {
      return null;
    }
    List<Part> parts = new ArrayList<>();
    if (json.isText()) {
      parts.add(new Part.Text(json.words(), where));
      return parts;
    }
    if (!json.isArray()) {
      if (json.isObject()) {
        json.skip();
        parts.add(new Part.Foreign("object", where));
        return parts;
      }
      throw json.wrong("a string or an array of content parts");
    }
    for (int i = 0; json.nextElement(); i++) {
      parts.add(part(json, new Where(where.parent(), where.name(), i)));
    }
    return parts;
  }

  private Part part(JsonReader json, Where where) throws Fault {
    json.object();
    String type = "";
    String text = null;
    String url = null;
    String data = null;
    String id = null;
    String filename = null;
    String detail = null;
    String format = "wav";
    Part.Cache cache = null;
    List<Citation> citations = List.of();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "type" -> type = json.text();
        case "text", "refusal" -> text = json.textOrSkip();
        case "image_url", "file_url" -> url = json.textOrNull();
        case "file_data", "data" -> data = json.textOrNull();
        case "file_id" -> id = json.textOrNull();
        case "filename" -> filename = json.textOrNull();
        case "detail" -> detail = json.textOrNull();
        case "format" -> format = json.textOr(format);
        case "input_audio" -> {
          if (json.objectOrNull()) {
            for (String field = json.nextName(); field != null; field = json.nextName()) {
              switch (field) {
                case "data" -> data = json.textOrNull();
                case "format" -> format = json.text();
                default -> json.skip();
              }
            }
          }
        }
        case "prompt_cache_breakpoint" -> cache = PromptCache.mark(json);
        case "annotations" -> citations = citations(json);
        case "logprobs" -> json.skip();
        default -> {
          lose(Feature.UNKNOWN, where.then(name));
          json.skip();
        }
      }
    }
    return switch (type) {
      case "input_text", "output_text", "text", "summary_text", "reasoning_text" ->
          new Part.Text(required(text, "text", where), citations, cache, where);
      case "refusal" -> new Part.Refusal(required(text, "refusal", where), where);
      case "input_image" ->
          new Media(Media.Kind.IMAGE, source(url, null, id, where), null, detail, cache, where);
      case "input_file" ->
          new Media(
              Media.Kind.DOCUMENT, source(url, data, id, where), filename, detail, cache, where);
      case "input_audio" ->
          new Media(
              Media.Kind.AUDIO,
              new Source.Inline("audio/" + format, required(data, "data", where)),
              null,
              null,
              cache,
              where);
      case "" ->
          throw Fault.invalid(where.then("type").toString(), "must be a string, but is absent");
      default -> new Part.Foreign(type, where);
    };
  }

  private static Source source(
      @Nullable String url, @Nullable String data, @Nullable String id, Where where) throws Fault {
    if (data != null) {
      Source.Inline inline = DataUrl.inline(data);
      return inline == null ? new Source.Inline("application/pdf", data) : inline;
    }
    if (url != null) {
      return DataUrl.source(url);
    }
    if (id != null) {
      return new Source.Stored(Provider.OPENAI, id, null);
    }
    throw Fault.invalid(where.toString(), "must have a URL, data or a file_id, but has none");
  }

  /// The annotations that are current; whatever is none is passed over.
  private static List<Citation> citations(JsonReader json) throws Fault {
    if (!json.isArray()) {
      json.skip();
      return List.of();
    }
    List<Citation> citations = new ArrayList<>();
    while (json.nextElement()) {
      if (json.isObject()) {
        citations.add(citation(json));
      } else {
        json.skip();
      }
    }
    return citations;
  }

  /// The annotation that is current, an object.
  static Citation citation(JsonReader json) throws Fault {
    String url = null;
    String title = null;
    int from = -1;
    int to = -1;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "url" -> url = json.textOrSkip();
        case "title" -> title = json.textOrSkip();
        case "start_index" -> from = index(json.wholeOrSkip());
        case "end_index" -> to = index(json.wholeOrSkip());
        default -> json.skip();
      }
    }
    return new Citation(url, title, null, from, to);
  }

  private static int index(@Nullable Long index) {
    return index == null ? -1 : (int) Math.clamp(index, -1, Integer.MAX_VALUE);
  }

  private static String required(@Nullable String value, String field, Where where) throws Fault {
    if (value == null) {
      throw Fault.invalid(where.then(field).toString(), "must be a string, but is absent");
    }
    return value;
  }

  private void lose(Feature feature, Where where) {
    if (losses != null) {
      losses.lose(feature, where);
    }
  }
}
