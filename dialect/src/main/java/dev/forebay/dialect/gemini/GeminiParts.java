package dev.forebay.dialect.gemini;

import dev.forebay.dialect.Provider;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.Where;
import dev.forebay.dialect.neutral.Arguments;
import dev.forebay.dialect.neutral.Feature;
import dev.forebay.dialect.neutral.Losses;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.Part.Media;
import dev.forebay.dialect.neutral.Part.Source;
import dev.forebay.dialect.neutral.Seal;
import dev.forebay.dialect.neutral.Sound;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads parts, of requests and of answers. *Confined to one call.*
///
/// A signature becomes reasoning without words in front of the part it stood on.
///
/// @param group of the seals in answers
/// @param losses null for answers
record GeminiParts(CallIds ids, @Nullable String group, @Nullable Losses losses) {

  private static final String FILES = "https://generativelanguage.googleapis.com/";

  /// The array of parts that is current.
  List<Part> list(JsonReader json, Where owner) throws Fault {
    List<Part> parts = new ArrayList<>();
    json.array();
    for (int i = 0; json.nextElement(); i++) {
      part(json, owner.then("parts", i), parts);
    }
    return parts;
  }

  private void part(JsonReader json, Where where, List<Part> into) throws Fault {
    json.object();
    String text = null;
    boolean thought = false;
    String signature = null;
    Part inner = null;
    String foreign = null;
    String detail = null;
    String transcript = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (Spelling.camel(name)) {
        case "text" -> text = json.textOrNull();
        case "thought" -> thought = Boolean.TRUE.equals(json.flag());
        case "thoughtSignature" -> signature = json.textOrNull();
        case "inlineData" -> inner = inline(json, where);
        case "fileData" -> inner = file(json, where);
        case "functionCall" -> inner = call(json, where);
        case "functionResponse" -> inner = result(json, where);
        case "executableCode", "codeExecutionResult", "toolCall", "toolResponse" -> {
          foreign = name;
          json.skip();
        }
        case "partMetadata" -> json.skip();
        case "mediaResolution" -> {
          // Of what the model made it says nothing that could be told.
          if (losses == null) {
            json.skip();
          } else {
            detail = Resolution.ofPart(json, where.then(name), losses);
          }
        }
        case "audioTranscription" -> {
          if (losses == null) {
            transcript = transcript(json);
          } else {
            losses.lose(Feature.OWN_OPTION, where.then(name));
            json.skip();
          }
        }
        case "videoMetadata", "mediaProcessing" -> {
          lose(Feature.OWN_OPTION, where.then(name));
          json.skip();
        }
        default -> {
          lose(Feature.UNKNOWN, where.then(name));
          json.skip();
        }
      }
    }
    if (detail != null && inner instanceof Media(var kind, var source, var named, _, _, _, _)) {
      inner = new Media(kind, source, named, detail, null, where);
    }
    if (transcript != null) {
      inner = spoken(inner, transcript, where);
    }
    add(text, thought, signature, inner, foreign, where, into);
  }

  /// The words of sound, or of sound that came before.
  private static Part spoken(@Nullable Part inner, String transcript, Where where) {
    Source source =
        inner instanceof Media media ? media.source() : new Source.Inline(Sound.SAMPLES, "");
    Part.Made made = new Part.Made(null, transcript, null);
    return new Media(Media.Kind.AUDIO, source, null, null, null, made, where);
  }

  private static @Nullable String transcript(JsonReader json) throws Fault {
    String transcript = null;
    if (!json.isObject()) {
      json.skip();
      return null;
    }
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (name.equals("text")) {
        transcript = json.textOrSkip();
      } else {
        json.skip();
      }
    }
    return transcript;
  }

  private void add(
      @Nullable String text,
      boolean thought,
      @Nullable String signature,
      @Nullable Part inner,
      @Nullable String foreign,
      Where where,
      List<Part> into) {
    Signatures.Held held =
        signature == null
            ? new Signatures.Held(null, false)
            : losses == null
                ? new Signatures.Held(new Seal(Provider.GEMINI, group, signature), false)
                : Signatures.held(signature);
    Seal seal = held.seal();
    if (thought) {
      if (seal != null || text != null && !text.isEmpty()) {
        String words = text == null ? "" : text;
        into.add(new Part.Reasoning(null, words, seal, held.redacted(), where));
      }
      return;
    }
    // A call of another provider's has an empty one.
    if (seal != null && !seal.payload().isEmpty()) {
      into.add(new Part.Reasoning(null, "", seal, held.redacted(), where));
    }
    if (inner != null) {
      into.add(inner);
    } else if (foreign != null) {
      into.add(new Part.Foreign(foreign, where));
    } else if (text != null && (!text.isEmpty() || seal == null)) {
      into.add(new Part.Text(text, where));
    }
  }

  private static Media inline(JsonReader json, Where where) throws Fault {
    json.object();
    String mimeType = null;
    String data = null;
    String name = null;
    for (String field = json.nextName(); field != null; field = json.nextName()) {
      switch (Spelling.camel(field)) {
        case "mimeType" -> mimeType = json.text();
        case "data" -> data = json.text();
        case "displayName" -> name = json.textOrNull();
        default -> json.skip();
      }
    }
    Where at = where.then("inlineData");
    Source source =
        new Source.Inline(required(mimeType, "mimeType", at), required(data, "data", at));
    return new Media(Media.Kind.of(String.valueOf(mimeType)), source, name, null, null, where);
  }

  private static Media file(JsonReader json, Where where) throws Fault {
    json.object();
    String mimeType = null;
    String uri = null;
    String name = null;
    for (String field = json.nextName(); field != null; field = json.nextName()) {
      switch (Spelling.camel(field)) {
        case "mimeType" -> mimeType = json.textOrNull();
        case "fileUri" -> uri = json.text();
        case "displayName" -> name = json.textOrNull();
        default -> json.skip();
      }
    }
    String address = required(uri, "fileUri", where.then("fileData"));
    boolean web = address.startsWith("http") && !address.startsWith(FILES);
    Source source =
        web
            ? new Source.Url(address, mimeType)
            : new Source.Stored(Provider.GEMINI, address, mimeType);
    Media.Kind kind = mimeType == null ? Media.Kind.DOCUMENT : Media.Kind.of(mimeType);
    return new Media(kind, source, name, null, null, where);
  }

  private Part call(JsonReader json, Where where) throws Fault {
    json.object();
    String id = null;
    String name = null;
    Slice args = Arguments.NONE;
    for (String field = json.nextName(); field != null; field = json.nextName()) {
      switch (field) {
        case "id" -> id = json.textOrNull();
        case "name" -> name = json.text();
        case "args" -> {
          if (json.objectOrNull()) {
            args = json.raw();
          }
        }
        default -> json.skip();
      }
    }
    String called = required(name, "name", where.then("functionCall"));
    return new Part.ToolCall(ids.ofCall(id, called), called, args, false, null, where);
  }

  private Part result(JsonReader json, Where where) throws Fault {
    json.object();
    Where at = where.then("functionResponse");
    String id = null;
    String name = null;
    Slice response = Arguments.NONE;
    List<Part> media = List.of();
    for (String field = json.nextName(); field != null; field = json.nextName()) {
      switch (field) {
        case "id" -> id = json.textOrNull();
        case "name" -> name = json.text();
        case "response" -> {
          if (json.objectOrNull()) {
            response = json.raw();
          }
        }
        case "parts" -> media = json.isNull() ? media : list(json, at);
        default -> json.skip();
      }
    }
    String called = required(name, "name", at);
    List<Part> content = new ArrayList<>();
    content.add(new Part.Text(response.text(), at));
    content.addAll(media);
    boolean failed = Arguments.has(response, "error");
    return new Part.ToolResult(
        ids.ofResult(id, called), called, content, failed, true, null, where);
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
