package dev.forebay.dialect;

import static dev.forebay.dialect.Dialect.ANTHROPIC_MESSAGES;
import static dev.forebay.dialect.Dialect.GEMINI_GENERATE;
import static dev.forebay.dialect.Dialect.OPENAI_CHAT;
import static dev.forebay.dialect.Dialect.OPENAI_RESPONSES;
import static dev.forebay.dialect.Operation.Body.ANY;
import static dev.forebay.dialect.Operation.Body.JSON;
import static dev.forebay.dialect.Operation.Body.MULTIPART;
import static dev.forebay.dialect.Operation.Body.NO_BODY;
import static dev.forebay.dialect.Operation.Counting.ANTHROPIC_TOKENS;
import static dev.forebay.dialect.Operation.Counting.GEMINI_TOKENS;
import static dev.forebay.dialect.Operation.Counting.NOTHING;
import static dev.forebay.dialect.Operation.Counting.OPENAI_TOKENS;
import static dev.forebay.dialect.Provider.ANTHROPIC;
import static dev.forebay.dialect.Provider.GEMINI;
import static dev.forebay.dialect.Provider.OPENAI;

/// What one request asks a provider to do; a path and its method stand for exactly one of these.
public enum Operation {
  CHAT_COMPLETIONS(OPENAI, OPENAI_CHAT, JSON, OPENAI_TOKENS, true),
  RESPONSES(OPENAI, OPENAI_RESPONSES, JSON, OPENAI_TOKENS, true),
  RESPONSE_INPUT_TOKENS(OPENAI, OPENAI_RESPONSES, JSON, NOTHING, false),
  RESPONSE_COMPACT(OPENAI, OPENAI_RESPONSES, JSON, OPENAI_TOKENS, false),
  EMBEDDINGS(OPENAI, OPENAI_CHAT, JSON, OPENAI_TOKENS, false),
  COMPLETIONS(OPENAI, OPENAI_CHAT, JSON, OPENAI_TOKENS, true),
  MODERATIONS(OPENAI, OPENAI_CHAT, JSON, NOTHING, false),
  IMAGE_GENERATIONS(OPENAI, OPENAI_CHAT, JSON, OPENAI_TOKENS, true),
  IMAGE_EDITS(OPENAI, OPENAI_CHAT, MULTIPART, OPENAI_TOKENS, true),
  IMAGE_VARIATIONS(OPENAI, OPENAI_CHAT, MULTIPART, OPENAI_TOKENS, false),
  AUDIO_SPEECH(OPENAI, OPENAI_CHAT, JSON, OPENAI_TOKENS, true),
  AUDIO_TRANSCRIPTIONS(OPENAI, OPENAI_CHAT, MULTIPART, OPENAI_TOKENS, true),
  AUDIO_TRANSLATIONS(OPENAI, OPENAI_CHAT, MULTIPART, OPENAI_TOKENS, false),
  OPENAI_STORE(OPENAI, OPENAI_CHAT, ANY, NOTHING, false),
  OPENAI_STORED(OPENAI, OPENAI_CHAT, NO_BODY, NOTHING, true),
  OPENAI_STORED_LIST(OPENAI, OPENAI_CHAT, NO_BODY, NOTHING, false),
  OPENAI_MODELS(OPENAI, OPENAI_CHAT, NO_BODY, NOTHING, false),
  OPENAI_MODEL(OPENAI, OPENAI_CHAT, NO_BODY, NOTHING, false),

  MESSAGES(ANTHROPIC, ANTHROPIC_MESSAGES, JSON, ANTHROPIC_TOKENS, true),
  COUNT_TOKENS(ANTHROPIC, ANTHROPIC_MESSAGES, JSON, NOTHING, false),
  ANTHROPIC_STORE(ANTHROPIC, ANTHROPIC_MESSAGES, ANY, NOTHING, false),
  ANTHROPIC_STORED(ANTHROPIC, ANTHROPIC_MESSAGES, NO_BODY, NOTHING, false),
  ANTHROPIC_STORED_LIST(ANTHROPIC, ANTHROPIC_MESSAGES, NO_BODY, NOTHING, false),
  ANTHROPIC_MODELS(ANTHROPIC, ANTHROPIC_MESSAGES, NO_BODY, NOTHING, false),
  ANTHROPIC_MODEL(ANTHROPIC, ANTHROPIC_MESSAGES, NO_BODY, NOTHING, false),

  GENERATE_CONTENT(GEMINI, GEMINI_GENERATE, JSON, GEMINI_TOKENS, false),
  STREAM_GENERATE_CONTENT(GEMINI, GEMINI_GENERATE, JSON, GEMINI_TOKENS, true),
  GEMINI_COUNT_TOKENS(GEMINI, GEMINI_GENERATE, JSON, NOTHING, false),
  EMBED_CONTENT(GEMINI, GEMINI_GENERATE, JSON, GEMINI_TOKENS, false),
  BATCH_EMBED_CONTENTS(GEMINI, GEMINI_GENERATE, JSON, GEMINI_TOKENS, false),
  GEMINI_STORE(GEMINI, GEMINI_GENERATE, ANY, NOTHING, false),
  GEMINI_STORED(GEMINI, GEMINI_GENERATE, NO_BODY, NOTHING, false),
  GEMINI_STORED_LIST(GEMINI, GEMINI_GENERATE, NO_BODY, NOTHING, false),
  GEMINI_MODELS(GEMINI, GEMINI_GENERATE, NO_BODY, NOTHING, false),
  GEMINI_MODEL(GEMINI, GEMINI_GENERATE, NO_BODY, NOTHING, false),

  GEMINI_CHAT_COMPLETIONS(GEMINI, OPENAI_CHAT, JSON, OPENAI_TOKENS, true),
  GEMINI_OPENAI_EMBEDDINGS(GEMINI, OPENAI_CHAT, JSON, OPENAI_TOKENS, false),
  GEMINI_OPENAI_MODELS(GEMINI, OPENAI_CHAT, NO_BODY, NOTHING, false),
  GEMINI_OPENAI_MODEL(GEMINI, OPENAI_CHAT, NO_BODY, NOTHING, false),
  GEMINI_OPENAI_IMAGES(GEMINI, OPENAI_CHAT, JSON, OPENAI_TOKENS, false);

  /// What the request carries.
  public enum Body {
    NO_BODY,
    JSON,
    /// `multipart/form-data`; image edits may come as JSON too
    MULTIPART,
    /// Whatever the provider stores, or nothing
    ANY
  }

  /// How the answer states its usage.
  public enum Counting {
    /// Free of charge, whatever the answer says.
    NOTHING,
    /// `usage` with `prompt_tokens`/`completion_tokens` or `input_tokens`/`output_tokens`, caches
    /// and reasoning inside.
    OPENAI_TOKENS,
    /// `usage` with cache figures beside `input_tokens`.
    ANTHROPIC_TOKENS,
    /// `usageMetadata`, the cache inside the prompt, thoughts beside the output.
    GEMINI_TOKENS
  }

  private final Provider provider;
  private final Dialect dialect;
  private final Body body;
  private final Counting counting;
  private final boolean canStream;

  Operation(Provider provider, Dialect dialect, Body body, Counting counting, boolean canStream) {
    this.provider = provider;
    this.dialect = dialect;
    this.body = body;
    this.counting = counting;
    this.canStream = canStream;
  }

  public Provider provider() {
    return provider;
  }

  /// The shape of errors and streams the caller expects.
  public Dialect dialect() {
    return dialect;
  }

  public String method() {
    return body == NO_BODY ? "GET" : "POST";
  }

  public Body body() {
    return body;
  }

  public Counting counting() {
    return counting;
  }

  /// Whether an answer uses up tokens, and so reserves some of a budget beforehand.
  public boolean billsTokens() {
    return counting != NOTHING;
  }

  /// Whether the answer may be a stream of events.
  public boolean canStream() {
    return canStream;
  }

  /// Whether another provider can do it too, in its own dialect.
  public boolean translates() {
    return switch (this) {
      case CHAT_COMPLETIONS,
          GEMINI_CHAT_COMPLETIONS,
          RESPONSES,
          RESPONSE_INPUT_TOKENS,
          MESSAGES,
          COUNT_TOKENS,
          GENERATE_CONTENT,
          STREAM_GENERATE_CONTENT,
          GEMINI_COUNT_TOKENS ->
          true;
      default -> false;
    };
  }

  /// Whether it asks which models there are.
  public boolean listsModels() {
    return this == OPENAI_MODELS
        || this == ANTHROPIC_MODELS
        || this == GEMINI_MODELS
        || this == GEMINI_OPENAI_MODELS;
  }

  /// Whether it asks what one model is.
  public boolean describesModel() {
    return body == NO_BODY && !listsModels();
  }

  /// Whether it is about what a provider stores under an id for one account: files, batches,
  /// responses, conversations, cached contents, uploads.
  public boolean aboutStored() {
    return switch (this) {
      case OPENAI_STORE,
          OPENAI_STORED,
          OPENAI_STORED_LIST,
          ANTHROPIC_STORE,
          ANTHROPIC_STORED,
          ANTHROPIC_STORED_LIST,
          GEMINI_STORE,
          GEMINI_STORED,
          GEMINI_STORED_LIST ->
          true;
      default -> false;
    };
  }

  /// Whether it lists what is stored, so that the answers of all accounts are one.
  public boolean listsStored() {
    return this == OPENAI_STORED_LIST
        || this == ANTHROPIC_STORED_LIST
        || this == GEMINI_STORED_LIST;
  }

  /// Whether it names the model it is for; what does not can be served by any key.
  public boolean namesModel() {
    return body == JSON || body == MULTIPART;
  }

  /// Whether providers keep the prompt in a cache for the next request of its conversation.
  public boolean cachesPrompt() {
    return switch (this) {
      case CHAT_COMPLETIONS,
          GEMINI_CHAT_COMPLETIONS,
          RESPONSES,
          RESPONSE_COMPACT,
          MESSAGES,
          GENERATE_CONTENT,
          STREAM_GENERATE_CONTENT ->
          true;
      default -> false;
    };
  }

  /// Whether it asks how many tokens a request has.
  public boolean countsTokens() {
    return this == COUNT_TOKENS || this == RESPONSE_INPUT_TOKENS || this == GEMINI_COUNT_TOKENS;
  }

  /// Whether the caller may leave the streamed usage out, so that the gateway has to ask for it.
  public boolean asksForUsage() {
    return this == CHAT_COMPLETIONS || this == GEMINI_CHAT_COMPLETIONS || this == COMPLETIONS;
  }
}
