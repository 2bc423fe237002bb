package dev.forebay.dialect.chat;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.neutral.Conversation;
import dev.forebay.dialect.neutral.Feature;
import dev.forebay.dialect.neutral.Losses;
import dev.forebay.dialect.neutral.Modality;
import dev.forebay.dialect.neutral.Rendering;
import dev.forebay.dialect.neutral.Target;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// `modalities` and `audio` of a request. Both of OpenAI's must be said where sound is wanted, a
/// voice and a form with it.
final class ChatRendering {

  private static final Slice USUAL_VOICE =
      Slice.of("\"alloy\"".getBytes(StandardCharsets.US_ASCII));

  private static final String SAMPLES = "pcm16";

  private ChatRendering() {}

  static void modalities(JsonReader json, Conversation.Draft draft, Losses losses) throws Fault {
    if (!json.arrayOrNull()) {
      return;
    }
    List<String> words = new ArrayList<>(2);
    while (json.nextElement()) {
      words.add(json.text());
    }
    boolean sound = words.contains("audio");
    List<Modality> asked = new ArrayList<>(2);
    for (String word : words) {
      switch (word) {
        case "text" -> asked.add(sound ? Modality.TRANSCRIPT : Modality.TEXT);
        case "audio" -> asked.add(Modality.AUDIO);
        case "image" -> asked.add(Modality.IMAGE);
        default -> losses.lose(Feature.MODALITIES);
      }
    }
    Rendering said = draft.rendering;
    draft.rendering = new Rendering(asked, said.voice(), said.form(), said.own());
  }

  static void audio(JsonReader json, Conversation.Draft draft, Losses losses) throws Fault {
    if (!json.objectOrNull()) {
      return;
    }
    Slice voice = null;
    String form = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "voice" -> voice = json.rawOrNull();
        case "format" -> form = json.textOrNull();
        default -> {
          losses.lose(Feature.UNKNOWN, "audio." + name);
          json.skip();
        }
      }
    }
    Rendering.Voice whose = voice == null ? null : new Rendering.Voice(Dialect.OPENAI_CHAT, voice);
    draft.rendering = new Rendering(draft.rendering.asked(), whose, form, draft.rendering.own());
  }

  static void write(Conversation conversation, Target target, Losses losses, JsonWriter out) {
    Rendering asked = conversation.rendering();
    if (asked == Rendering.UNSAID) {
      return;
    }
    boolean speaks = target.traits().makes().contains(Modality.AUDIO);
    boolean sound = asked.spoken() && speaks;
    for (Modality modality : asked.asked()) {
      switch (modality) {
        case TEXT, TRANSCRIPT -> {}
        case AUDIO -> {
          if (!speaks) {
            losses.lose(Feature.MODALITIES);
          }
        }
        case IMAGE, VIDEO -> losses.lose(Feature.MODALITIES);
      }
    }
    if (sound) {
      out.array("modalities").text("text").text("audio").endArray();
    } else if (asked.asked().contains(Modality.TEXT) && losses.client() == Dialect.OPENAI_CHAT) {
      // It is what nothing means, too, and servers of others know no word for it.
      out.array("modalities").text("text").endArray();
    }
    if (sound) {
      audio(asked, conversation.stream(), losses, out);
    } else if (asked.voice() != null) {
      losses.lose(Feature.VOICE);
    }
    asked.loseOwn(losses, Dialect.OPENAI_CHAT);
  }

  private static void audio(Rendering asked, boolean stream, Losses losses, JsonWriter out) {
    Slice voice = USUAL_VOICE;
    if (asked.voice() != null) {
      if (asked.voice().owner() == Dialect.OPENAI_CHAT) {
        voice = asked.voice().json();
      } else {
        losses.lose(Feature.VOICE);
      }
    }
    // Who says nothing expects what Gemini gives: samples without a header.
    String form = asked.form() == null ? SAMPLES : asked.form();
    if (form.indexOf('/') >= 0 || stream && !form.equals(SAMPLES)) {
      losses.lose(Feature.SOUND_FORM);
      form = SAMPLES;
    }
    out.object("audio").field("voice", voice).field("format", form).endObject();
  }
}
