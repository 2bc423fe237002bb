package dev.forebay.dialect.messages;

import dev.forebay.dialect.Slice;
import dev.forebay.dialect.Usage;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.Where;
import dev.forebay.dialect.neutral.Answer;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.StopReason;
import dev.forebay.dialect.neutral.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads whole answers.
final class MessagesAnswerReader {

  private static final Where ROOT = Where.of("answer");

  private MessagesAnswerReader() {}

  static Answer read(Slice body, Target target, Usage usage) throws Fault {
    JsonReader json = JsonReader.ofObject(body);
    Blocks blocks = new Blocks(target.group(), null);
    String id = "";
    String model = "";
    List<Part> parts = List.of();
    StopReason stop = StopReason.END;
    String stopSequence = null;
    String refusal = null;
    String tier = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "id" -> id = json.text();
        case "model" -> model = json.text();
        case "content" -> parts = blocks.content(json, ROOT);
        case "stop_reason" -> stop = stop(json.textOrNull());
        case "stop_sequence" -> stopSequence = json.textOrNull();
        case "stop_details" -> refusal = explanation(json);
        case "usage" -> tier = tier(json);
        default -> json.skip();
      }
    }
    Answer.Choice choice = new Answer.Choice(parts, stop, stopSequence, refusal, List.of());
    return new Answer(id, model, List.of(choice), usage, tier);
  }

  static StopReason stop(@Nullable String word) {
    return switch (word) {
      case null -> StopReason.END;
      case "end_turn" -> StopReason.END;
      case "max_tokens" -> StopReason.LENGTH;
      case "stop_sequence" -> StopReason.STOP_SEQUENCE;
      case "tool_use" -> StopReason.TOOL_CALL;
      case "pause_turn" -> StopReason.PAUSE;
      case "refusal" -> StopReason.REFUSAL;
      case "model_context_window_exceeded" -> StopReason.CONTEXT_FULL;
      default -> StopReason.OTHER;
    };
  }

  static @Nullable String explanation(JsonReader json) throws Fault {
    String explanation = null;
    if (json.isObject()) {
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        if (name.equals("explanation")) {
          explanation = json.textOrSkip();
        } else {
          json.skip();
        }
      }
    } else {
      json.skip();
    }
    return explanation;
  }

  /// The service tier out of a `usage`, in the words all dialects share.
  static @Nullable String tier(JsonReader json) throws Fault {
    String tier = null;
    if (!json.isObject()) {
      json.skip();
      return null;
    }
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (name.equals("service_tier")) {
        tier = json.textOrSkip();
      } else {
        json.skip();
      }
    }
    return "standard".equals(tier) ? "default" : tier;
  }
}
