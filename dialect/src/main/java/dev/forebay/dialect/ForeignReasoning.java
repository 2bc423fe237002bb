package dev.forebay.dialect;

import dev.forebay.dialect.BodyEdits.Edit;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes a conversation fit for another account than the one that did its reasoning.
///
/// Providers sign or seal what their models reason, and take it back only where it was made.
/// Anthropic and OpenAI go on without it; Gemini wants a signature on every call of a tool, and has
/// a word that stands for one.
public final class ForeignReasoning {

  private ForeignReasoning() {}

  /// The splices that replace those of Gemini's signatures that begin with `tag`; null as below.
  public static @Nullable List<Edit> tagged(InputStream body, String tag) {
    return ThoughtSignatures.edits(body, signature -> signature.startsWith(tag));
  }

  /// The splices that take foreign reasoning out of a request, all else byte for byte, in ascending
  /// order; null when there is nothing to take out, when nothing would remain, and when the body is
  /// not a well-formed JSON object in UTF-8.
  public static @Nullable List<Edit> edits(Operation operation, InputStream body) {
    return switch (operation.dialect()) {
      case ANTHROPIC_MESSAGES -> ThinkingStripper.edits(body);
      case OPENAI_RESPONSES -> ReasoningStripper.edits(body);
      case GEMINI_GENERATE -> ThoughtSignatures.edits(body);
      case OPENAI_CHAT ->
          operation.provider() == Provider.GEMINI ? ThoughtSignatures.edits(body) : null;
    };
  }
}
