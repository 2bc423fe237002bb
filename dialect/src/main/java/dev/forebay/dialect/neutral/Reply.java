package dev.forebay.dialect.neutral;

import dev.forebay.dialect.Slice;
import java.util.Map;

/// What an answer needs besides what the provider said. *Immutable.*
///
/// @param request what is being answered
/// @param body the caller's own bytes, for dialects whose answers repeat parts of the request
/// @param target who answers
/// @param id for answers whose provider gave none
/// @param epochSeconds when the answer began
/// @param inputTokens estimate of the input, for dialects that state it at the beginning of a
///   stream
/// @param serverSentEvents whether a stream goes out as events; else (Gemini) as a JSON array
/// @param callsSigned whether the client's own provider takes no call back without a signature,
///   although its dialect has no field for one (Gemini's OpenAI-compatible paths)
/// @param toolNames the caller's names of tools by the ones the target was given, where they differ
public record Reply(
    Conversation request,
    Slice body,
    Target target,
    String id,
    long epochSeconds,
    long inputTokens,
    boolean serverSentEvents,
    boolean callsSigned,
    Map<String, String> toolNames) {

  /// The caller's own name of a tool.
  public String toolName(String targets) {
    return toolNames.getOrDefault(targets, targets);
  }

  /// The model that answers, as the provider called it, else as it was asked for.
  public String model(String said) {
    return said.isEmpty() ? target.model() : said;
  }

  public String id(String said) {
    return said.isEmpty() ? id : said;
  }
}
