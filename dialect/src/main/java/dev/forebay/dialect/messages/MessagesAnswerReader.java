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
    Used used = Used.NOTHING;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "id" -> id = json.text();
        case "model" -> model = json.text();
        case "content" -> parts = blocks.content(json, ROOT);
        case "stop_reason" -> stop = stop(json.textOrSkip());
        case "stop_sequence" -> stopSequence = json.textOrSkip();
        case "stop_details" -> refusal = explanation(json);
        case "usage" -> used = Used.read(json);
        default -> json.skip();
      }
    }
    Answer.Choice choice = new Answer.Choice(parts, stop, stopSequence, refusal, List.of());
    Answer.Notes notes = new Answer.Notes(used.tier, null, null, used.searches);
    return new Answer(id, model, List.of(choice), usage, notes);
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

  /// What a `usage` says beside the tokens.
  ///
  /// @param tier the service tier, in the words all dialects share
  record Used(@Nullable String tier, long searches) {

    static final Used NOTHING = new Used(null, 0);

    static Used read(JsonReader json) throws Fault {
      String tier = null;
      long searches = 0;
      if (!json.isObject()) {
        json.skip();
        return NOTHING;
      }
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        switch (name) {
          case "service_tier" -> tier = json.textOrSkip();
          case "server_tool_use" -> searches = searches(json);
          default -> json.skip();
        }
      }
      return new Used("standard".equals(tier) ? "default" : tier, searches);
    }

    private static long searches(JsonReader json) throws Fault {
      long searches = 0;
      if (!json.isObject()) {
        json.skip();
        return 0;
      }
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        if (name.equals("web_search_requests")) {
          Double said = json.numberOrSkip();
          searches = said == null ? 0 : (long) Math.max(0, said);
        } else {
          json.skip();
        }
      }
      return searches;
    }
  }
}
