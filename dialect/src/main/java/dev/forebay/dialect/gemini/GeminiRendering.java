package dev.forebay.dialect.gemini;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.json.Where;
import dev.forebay.dialect.neutral.Conversation;
import dev.forebay.dialect.neutral.Feature;
import dev.forebay.dialect.neutral.Losses;
import dev.forebay.dialect.neutral.Modality;
import dev.forebay.dialect.neutral.Rendering;
import dev.forebay.dialect.neutral.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What `generationConfig` says of how an answer shall sound and look. *Confined to one call.*
///
/// `responseFormat`, the newest of its fields, says for each modality what older ones say in
/// several. Of text it becomes those; whatever else it says is kept as it is for Gemini.
final class GeminiRendering {

  private static final String FIELD = "generationConfig.";

  private final Losses losses;
  private final List<Modality> asked = new ArrayList<>(2);
  private final List<Rendering.Own> own = new ArrayList<>(1);
  private Rendering.@Nullable Voice voice;
  private @Nullable String form;
  private boolean said;

  /// What the answer's text shall be, as `responseFormat` has it.
  @Nullable String mimeType;

  @Nullable Slice schema;

  GeminiRendering(Losses losses) {
    this.losses = losses;
  }

  /// Reads the field that is current; false when it is none of these.
  boolean read(String field, JsonReader json) throws Fault {
    switch (field) {
      case "responseModalities" -> modalities(json);
      case "speechConfig" -> {
        Slice speech = json.rawOrNull();
        voice = speech == null ? null : new Rendering.Voice(Dialect.GEMINI_GENERATE, speech);
      }
      case "imageConfig" -> own(field, json.rawOrNull());
      case "responseFormat" -> formats(json);
      default -> {
        return false;
      }
    }
    said = true;
    return true;
  }

  Rendering done() {
    return said ? new Rendering(asked, voice, form, own) : Rendering.UNSAID;
  }

  private void own(String field, @Nullable Slice json) {
    if (json != null) {
      own.add(new Rendering.Own(Dialect.GEMINI_GENERATE, FIELD + field, json));
    }
  }

  private void modalities(JsonReader json) throws Fault {
    if (!json.arrayOrNull()) {
      return;
    }
    while (json.nextElement()) {
      switch (json.text().toUpperCase(Locale.ROOT)) {
        case "TEXT" -> asked(Modality.TEXT);
        case "AUDIO" -> asked(Modality.AUDIO);
        case "IMAGE" -> asked(Modality.IMAGE);
        case "VIDEO" -> asked(Modality.VIDEO);
        case "MODALITY_UNSPECIFIED" -> {}
        default -> losses.lose(Feature.MODALITIES);
      }
    }
  }

  private void asked(Modality modality) {
    if (!asked.contains(modality)) {
      asked.add(modality);
    }
  }

  private void formats(JsonReader json) throws Fault {
    Slice whole = json.rawOrNull();
    if (whole == null) {
      return;
    }
    boolean more = false;
    JsonReader formats = JsonReader.of(whole, Where.of("generationConfig").then("responseFormat"));
    // One alone is written without its list by some.
    if (formats.isObject()) {
      more = format(formats);
    } else {
      formats.array();
      while (formats.nextElement()) {
        formats.object();
        more |= format(formats);
      }
    }
    if (more) {
      own("responseFormat", whole);
    }
  }

  /// Whether it says something of anything but text.
  private boolean format(JsonReader json) throws Fault {
    boolean more = false;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "text" -> text(json);
        case "audio" -> {
          asked(Modality.AUDIO);
          audio(json);
          more = true;
        }
        case "image" -> {
          asked(Modality.IMAGE);
          json.skip();
          more = true;
        }
        case "video" -> {
          asked(Modality.VIDEO);
          json.skip();
          more = true;
        }
        default -> {
          losses.lose(Feature.UNKNOWN, FIELD + "responseFormat." + name);
          json.skip();
        }
      }
    }
    return more;
  }

  private void text(JsonReader json) throws Fault {
    if (!json.objectOrNull()) {
      return;
    }
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (Spelling.camel(name)) {
        case "mimeType" -> mimeType = json.textOrNull();
        case "schema" -> schema = json.rawOrNull();
        default -> json.skip();
      }
    }
  }

  private void audio(JsonReader json) throws Fault {
    if (!json.objectOrNull()) {
      return;
    }
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (Spelling.camel(name).equals("mimeType")) {
        String type = json.textOrSkip();
        form = type == null ? form : form(type);
      } else {
        json.skip();
      }
    }
  }

  /// What OpenAI calls a media type of sound; unknown ones by their own name.
  private static String form(String mimeType) {
    int end = mimeType.indexOf(';');
    String type = end < 0 ? mimeType : mimeType.substring(0, end);
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "audio/wav", "audio/x-wav", "audio/wave" -> "wav";
      case "audio/mp3", "audio/mpeg" -> "mp3";
      case "audio/l16", "audio/pcm" -> "pcm16";
      case "audio/ogg", "audio/opus" -> "opus";
      case "audio/flac" -> "flac";
      case "audio/aac" -> "aac";
      default -> type;
    };
  }

  static void write(Conversation conversation, Target target, Losses losses, JsonWriter out) {
    Rendering asked = conversation.rendering();
    if (asked == Rendering.UNSAID) {
      return;
    }
    List<Modality> given = new ArrayList<>(asked.asked().size());
    for (Modality modality : asked.asked()) {
      switch (modality) {
        case TEXT, VIDEO -> given.add(modality);
        // Gemini's sound comes without its words.
        case TRANSCRIPT -> {}
        case AUDIO, IMAGE -> {
          if (target.traits().makes().contains(modality)) {
            given.add(modality);
          } else {
            losses.lose(Feature.MODALITIES);
          }
        }
      }
    }
    if (!given.isEmpty()) {
      out.array("responseModalities");
      given.forEach(modality -> out.text(modality.name()));
      out.endArray();
    }
    sound(conversation, given.contains(Modality.AUDIO), losses, out);
    for (Rendering.Own one : asked.own()) {
      if (one.owner() == Dialect.GEMINI_GENERATE) {
        out.field(one.field().substring(FIELD.length()), one.json());
      }
    }
    asked.loseOwn(losses, Dialect.GEMINI_GENERATE);
  }

  private static void sound(
      Conversation conversation, boolean speaks, Losses losses, JsonWriter out) {
    Rendering asked = conversation.rendering();
    Rendering.Voice voice = asked.voice();
    if (voice != null && voice.owner() == Dialect.GEMINI_GENERATE) {
      out.field("speechConfig", voice.json());
    } else if (voice != null) {
      losses.lose(Feature.VOICE);
    }
    String form = asked.form();
    boolean made =
        form == null || form.equals("pcm16") || form.equals("wav") && !conversation.stream();
    if (speaks && !made && !formatted(asked)) {
      losses.lose(Feature.SOUND_FORM);
    }
  }

  /// Whether the caller's own `responseFormat` goes along.
  static boolean formatted(Rendering asked) {
    return asked.own().stream()
        .anyMatch(one ->
            one.owner() == Dialect.GEMINI_GENERATE && one.field().equals(FIELD + "responseFormat"));
  }
}
