package dev.forebay.dialect.neutral;

import dev.forebay.dialect.Provider;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.Where;
import dev.forebay.dialect.json.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of a turn or of an answer. *Immutable.*
public sealed interface Part {

  /// Where it stood in the document it was read from.
  Where where();

  /// How long what leads up to here should stay in the provider's prompt cache.
  enum Cache {
    /// As long as it does when nothing is said.
    USUAL,
    /// Five minutes with Anthropic, half an hour with OpenAI.
    SHORT,
    /// An hour with Anthropic, twelve with OpenAI.
    LONG
  }

  /// Words.
  record Text(Words words, List<Citation> citations, @Nullable Cache cache, Where where)
      implements Part {
    public Text(String text, List<Citation> citations, @Nullable Cache cache, Where where) {
      this(Words.of(text), citations, cache, where);
    }

    public Text(String text, Where where) {
      this(Words.of(text), where);
    }

    public Text(Words words, Where where) {
      this(words, List.of(), null, where);
    }

    /// The words, decoded.
    public String text() {
      return words.toString();
    }
  }

  /// A picture, a document, sound or a film.
  ///
  /// @param name the file's name, or a document's title
  /// @param detail how closely to look, in the words of OpenAI: `auto`, `low`, `high`, `original`;
  ///   beside them `medium`
  /// @param made what is known of what a model made
  record Media(
      Kind kind,
      Source source,
      @Nullable String name,
      @Nullable String detail,
      @Nullable Cache cache,
      @Nullable Made made,
      Where where)
      implements Part {

    public Media(
        Kind kind,
        Source source,
        @Nullable String name,
        @Nullable String detail,
        @Nullable Cache cache,
        Where where) {
      this(kind, source, name, detail, cache, null, where);
    }

    /// What the provider is to make of it.
    public enum Kind {
      IMAGE,
      DOCUMENT,
      AUDIO,
      VIDEO;

      /// What a media type stands for; a document where it says nothing else.
      public static Kind of(String mimeType) {
        if (mimeType.startsWith("image/")) {
          return IMAGE;
        }
        if (mimeType.startsWith("audio/")) {
          return AUDIO;
        }
        return mimeType.startsWith("video/") ? VIDEO : DOCUMENT;
      }
    }
  }

  /// What is known of sound or a picture that a model made. Null is *not said*.
  ///
  /// @param id the provider's name of it
  /// @param transcript the words of a sound
  /// @param expires when the provider forgets it, in seconds since 1970
  record Made(@Nullable String id, @Nullable String transcript, @Nullable Long expires) {}

  /// Where the bytes of a [Media] are.
  sealed interface Source {

    record Inline(String mimeType, String base64) implements Source {}

    /// At an address that the provider is to fetch.
    record Url(String url, @Nullable String mimeType) implements Source {}

    /// Uploaded to that provider; nobody else has it.
    record Stored(Provider owner, String id, @Nullable String mimeType) implements Source {}

    /// A document that is nothing but words.
    record Words(String text) implements Source {}
  }

  /// The model wants a tool to run.
  ///
  /// @param arguments a JSON object; a JSON string when freeform, and when what the model wrote is
  ///   no object
  record ToolCall(
      String id, String name, Slice arguments, boolean freeform, @Nullable Cache cache, Where where)
      implements Part {

    /// Whether the arguments are an object.
    public boolean hasObject() {
      return arguments.array()[arguments.offset()] == '{';
    }
  }

  /// What a tool gave back.
  ///
  /// @param name of the tool, where the dialect says it
  /// @param json the content is the text of a JSON object
  record ToolResult(
      String callId,
      @Nullable String name,
      List<Part> content,
      boolean failed,
      boolean json,
      @Nullable Cache cache,
      Where where)
      implements Part {
    public ToolResult {
      content = List.copyOf(content);
    }
  }

  /// What the model thought, as far as it is told.
  ///
  /// A seal without words belongs to the part that follows it, or closes the turn.
  ///
  /// @param id the provider's own name for it
  /// @param redacted the words are inside the seal
  record Reasoning(
      @Nullable String id, String text, @Nullable Seal seal, boolean redacted, Where where)
      implements Part {}

  /// The model declines, in its own words.
  record Refusal(String text, Where where) implements Part {}

  /// Something that only its own dialect understands.
  ///
  /// @param type what the dialect calls it
  record Foreign(String type, Where where) implements Part {}
}
