package dev.forebay.dialect.gemini;

import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.Where;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.StopReason;
import dev.forebay.dialect.neutral.TokenLogprob;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One candidate of an answer, or of a piece of it, as far as it has been read. *Confined to one
/// call.*
final class Candidate {

  private static final Where WHERE = Where.of("candidate");

  int index;
  List<Part> parts = List.of();
  @Nullable String finish;
  @Nullable String finishMessage;
  List<TokenLogprob> logprobs = List.of();
  final Grounding grounding = new Grounding();
  boolean grounded;

  /// Reads the candidate that is current.
  void read(JsonReader json, GeminiParts reader) throws Fault {
    json.object();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "index" -> {
          Long said = json.wholeOrSkip();
          index = said == null ? 0 : (int) Math.clamp(said, 0, 255);
        }
        case "content" -> content(json, reader);
        case "finishReason" -> finish = json.textOrSkip();
        case "finishMessage" -> finishMessage = json.textOrSkip();
        case "logprobsResult" -> logprobs = GeminiLogprobs.read(json);
        case "groundingMetadata" -> {
          grounded = true;
          grounding.grounding(json);
        }
        case "citationMetadata" -> {
          grounded = true;
          grounding.citations(json);
        }
        default -> json.skip();
      }
    }
  }

  private void content(JsonReader json, GeminiParts reader) throws Fault {
    if (!json.objectOrNull()) {
      return;
    }
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (name.equals("parts") && json.isArray()) {
        parts = reader.list(json, WHERE);
      } else {
        json.skip();
      }
    }
  }

  static StopReason stop(@Nullable String word, boolean calls) {
    return switch (word) {
      case null -> calls ? StopReason.TOOL_CALL : StopReason.END;
      case "STOP", "FINISH_REASON_UNSPECIFIED" -> calls ? StopReason.TOOL_CALL : StopReason.END;
      case "MAX_TOKENS" -> StopReason.LENGTH;
      case "SAFETY",
          "RECITATION",
          "LANGUAGE",
          "BLOCKLIST",
          "PROHIBITED_CONTENT",
          "SPII",
          "IMAGE_SAFETY",
          "IMAGE_PROHIBITED_CONTENT",
          "IMAGE_RECITATION",
          "IMAGE_OTHER" ->
          StopReason.REFUSAL;
      case "MALFORMED_FUNCTION_CALL",
          "UNEXPECTED_TOOL_CALL",
          "TOO_MANY_TOOL_CALLS",
          "MALFORMED_RESPONSE" ->
          StopReason.BAD_TOOL_CALL;
      case "CONTINUATION" -> StopReason.PAUSE;
      default -> StopReason.OTHER;
    };
  }

  /// Reads a `promptFeedback`; null when it blocks nothing.
  static @Nullable String blocked(JsonReader json) throws Fault {
    String reason = null;
    String message = null;
    if (!json.isObject()) {
      json.skip();
      return null;
    }
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "blockReason" -> reason = json.textOrSkip();
        case "blockReasonMessage" -> message = json.textOrSkip();
        default -> json.skip();
      }
    }
    if (reason == null || reason.equals("BLOCK_REASON_UNSPECIFIED")) {
      return null;
    }
    return message == null ? "The prompt was blocked: " + reason + "." : message;
  }
}
