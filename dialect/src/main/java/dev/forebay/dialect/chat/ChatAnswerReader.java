package dev.forebay.dialect.chat;

import dev.forebay.dialect.Slice;
import dev.forebay.dialect.Usage;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.Where;
import dev.forebay.dialect.neutral.Answer;
import dev.forebay.dialect.neutral.Citation;
import dev.forebay.dialect.neutral.Moderation;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.Part.Media;
import dev.forebay.dialect.neutral.Part.Source;
import dev.forebay.dialect.neutral.Sound;
import dev.forebay.dialect.neutral.StopReason;
import dev.forebay.dialect.neutral.Target;
import dev.forebay.dialect.neutral.Timestamps;
import dev.forebay.dialect.neutral.TokenLogprob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads whole answers. *Confined to one call.*
record ChatAnswerReader(Target target) {

  Answer read(Slice body, Usage usage) throws Fault {
    JsonReader json = JsonReader.ofObject(body);
    String id = "";
    String model = "";
    String tier = null;
    Instant created = null;
    Moderation moderation = null;
    List<Answer.Choice> choices = new ArrayList<>();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "id" -> id = json.textOr("");
        case "model" -> model = json.textOr("");
        case "service_tier" -> tier = json.textOrSkip();
        case "created" -> created = Timestamps.seconds(json);
        case "moderation" -> moderation = ChatModeration.read(json);
        case "choices" -> {
          json.array();
          for (int i = 0; json.nextElement(); i++) {
            choices.add(choice(json, Where.of("choices", i)));
          }
        }
        default -> json.skip();
      }
    }
    return new Answer(id, model, choices, usage, new Answer.Notes(tier, created, moderation, 0));
  }

  private Answer.Choice choice(JsonReader json, Where where) throws Fault {
    json.object();
    List<Part> parts = List.of();
    String finish = null;
    List<TokenLogprob> logprobs = List.of();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "message" -> parts = message(json, where.then(name));
        case "finish_reason" -> finish = json.textOrSkip();
        case "logprobs" -> logprobs = ChatLogprobs.read(json);
        default -> json.skip();
      }
    }
    boolean refused = parts.stream().anyMatch(Part.Refusal.class::isInstance);
    return new Answer.Choice(parts, stop(finish, refused), null, null, logprobs);
  }

  static StopReason stop(@Nullable String word, boolean refused) {
    return switch (word) {
      case null -> StopReason.END;
      case "stop" -> refused ? StopReason.REFUSAL : StopReason.END;
      case "length" -> StopReason.LENGTH;
      case "tool_calls", "function_call" -> StopReason.TOOL_CALL;
      case "content_filter" -> StopReason.REFUSAL;
      default -> StopReason.OTHER;
    };
  }

  private List<Part> message(JsonReader json, Where where) throws Fault {
    List<Part> parts = new ArrayList<>();
    if (!json.objectOrNull()) {
      return parts;
    }
    ChatContent words = new ChatContent();
    String refusal = null;
    Part audio = null;
    List<Part> pictures = List.of();
    List<Part> calls = List.of();
    List<Citation> citations = List.of();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "content" -> words.content(json);
        case "refusal" -> refusal = json.textOrNull();
        case "reasoning_content", "reasoning" -> words.thought(json);
        case "tool_calls" -> calls = json.arrayOrNull() ? ChatCalls.calls(json, where) : List.of();
        case "function_call" -> {
          if (json.objectOrNull()) {
            calls = List.of(ChatCalls.function(json, where.then(name)));
          }
        }
        case "annotations" -> citations = citations(json);
        case "audio" -> audio = audio(json, where.then(name));
        case "images" -> pictures = ChatImages.read(json, where);
        default -> json.skip();
      }
    }
    String thought = words.thought;
    if (thought != null && !thought.isEmpty()) {
      parts.add(new Part.Reasoning(null, thought, null, false, where));
    }
    String text = words.text;
    if (text != null && !text.isEmpty()) {
      parts.add(new Part.Text(text, citations, null, where));
    }
    if (audio != null) {
      parts.add(audio);
    }
    parts.addAll(pictures);
    if (refusal != null && !refusal.isEmpty()) {
      parts.add(new Part.Refusal(refusal, where));
    }
    parts.addAll(calls);
    return parts;
  }

  /// Reads the `audio` that is current, of a message or of a piece of one; null when there is none.
  static @Nullable Media audio(JsonReader json, Where where) throws Fault {
    if (!json.isObject()) {
      json.skip();
      return null;
    }
    String data = "";
    String id = null;
    String transcript = null;
    Long expires = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "data" -> data = json.textOr("");
        case "id" -> id = json.textOrSkip();
        case "transcript" -> transcript = json.textOrSkip();
        case "expires_at" -> expires = json.wholeOrSkip();
        default -> json.skip();
      }
    }
    if (data.isEmpty() && id == null && transcript == null && expires == null) {
      return null;
    }
    return new Media(
        Media.Kind.AUDIO,
        new Source.Inline(Sound.typeOf(data), data),
        null,
        null,
        null,
        new Part.Made(id, transcript, expires),
        where);
  }

  /// Reads the `annotations` that are current; whatever is no source is passed over.
  static List<Citation> citations(JsonReader json) throws Fault {
    if (!json.isArray()) {
      json.skip();
      return List.of();
    }
    List<Citation> citations = new ArrayList<>();
    while (json.nextElement()) {
      if (!json.isObject()) {
        json.skip();
        continue;
      }
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        if (name.equals("url_citation") && json.isObject()) {
          citations.add(citation(json));
        } else {
          json.skip();
        }
      }
    }
    return citations;
  }

  private static Citation citation(JsonReader json) throws Fault {
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
}
