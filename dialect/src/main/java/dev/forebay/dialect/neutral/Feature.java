package dev.forebay.dialect.neutral;

import static dev.forebay.dialect.neutral.Cell.at;
import static dev.forebay.dialect.neutral.Cell.none;

import dev.forebay.dialect.Dialect;

/// What a request can say, and where each dialect says it: the table that losses and the reference
/// come from.
public enum Feature {
  SYSTEM(
      "instructions before the conversation",
      at("messages[].role"),
      at("instructions"),
      at("system"),
      at("systemInstruction", "text only")),
  SYSTEM_LATER(
      "instructions in the middle of the conversation",
      at("messages[].role"),
      at("input[].role"),
      at("messages[].role", "models that still take temperature get it as text of the user"),
      none("becomes text of the user")),
  PARTICIPANT(
      "the name of a participant",
      at("messages[].name", "only in its own dialect"),
      none(),
      none(),
      none()),
  IMAGE(
      "a picture in the request itself",
      at("image_url.url"),
      at("input_image.image_url"),
      at("image.source"),
      at("inlineData")),
  IMAGE_URL(
      "a picture at an address",
      at("image_url.url"),
      at("input_image.image_url"),
      at("image.source"),
      at("fileData.fileUri", "https only")),
  IMAGE_DETAIL(
      "how closely to look at a picture or a document",
      at("image_url.detail", "pictures only; no `medium`"),
      at("input_image.detail", "no `medium`; of files `low`, `high` and `auto` only"),
      none(),
      at("parts[].mediaResolution", "from Gemini 3 on; before, where all say the same")),
  DOCUMENT(
      "a document in the request itself",
      at("file.file_data", "PDF only"),
      at("input_file.file_data"),
      at("document.source", "PDF and text only"),
      at("inlineData")),
  DOCUMENT_URL(
      "a document at an address",
      none(),
      at("input_file.file_url"),
      at("document.source"),
      at("fileData.fileUri", "https only")),
  DOCUMENT_NAME(
      "the name of a file",
      at("file.filename", "not of a picture or sound"),
      at("input_file.filename", "not of a picture or sound"),
      at("title", "not of a picture"),
      none("the Developer API refuses one")),
  DOCUMENT_CONTEXT(
      "what is said about a document, and whether to cite it",
      none(),
      none(),
      at("document.context", "only in its own dialect"),
      none()),
  STORED_FILE(
      "a file stored with one provider; no other has it",
      at("file.file_id", "only from its own provider"),
      at("input_file.file_id", "only from its own provider"),
      at("source.file_id", "only from its own provider"),
      at("fileData.fileUri", "only from its own provider")),
  AUDIO("sound", at("input_audio"), at("input_audio"), none(), at("inlineData")),
  AUDIO_FORM("sound in a form other than wav and mp3", none(), none(), none(), at("inlineData")),
  VIDEO("a film", none(), none(), none(), at("inlineData")),
  CITATIONS(
      "the sources of a text in the conversation",
      none(),
      at("output_text.annotations", "those of an answer that have an address"),
      at("text.citations", "only what its own provider found"),
      none()),
  FOREIGN_PART("a part that only its own dialect has"),
  TOOL_STRICT(
      "whether arguments must fit the schema exactly",
      at("tools[].function.strict"),
      at("tools[].strict"),
      at("tools[].strict"),
      none()),
  TOOL_FREEFORM(
      "a tool that takes text instead of JSON",
      at("tools[].custom"),
      at("tools[].type"),
      none("becomes a function with one string, `input`"),
      none("becomes a function with one string, `input`")),
  TOOL_CHOICE(
      "which tool must be called",
      at("tool_choice", "not the one that searches the web"),
      at("tool_choice", "of tools that run at the provider only the one that searches the web"),
      at("tool_choice", "not together with thinking in a budget"),
      at("toolConfig", "not the one that searches the web")),
  PARALLEL(
      "whether several tools may be called at a time",
      at("parallel_tool_calls"),
      at("parallel_tool_calls"),
      at("tool_choice.disable_parallel_tool_use"),
      none()),
  TOOL_ARGUMENTS(
      "arguments that are no JSON object",
      at("tool_calls[].function.arguments"),
      at("function_call.arguments"),
      none("wrapped as `{\"arguments\": …}`"),
      none("wrapped as `{\"arguments\": …}`")),
  TOOL_FAILED(
      "that a tool failed",
      none("the text begins with `Error:`"),
      none("the text begins with `Error:`"),
      at("tool_result.is_error"),
      at("functionResponse.response.error")),
  TOOL_MEDIA(
      "pictures and documents that a tool gave back",
      none("move to a message of the user"),
      at("function_call_output.output"),
      at("tool_result.content"),
      at("functionResponse.parts", "only what is in the request itself; else beside it")),
  WEB_SEARCH(
      "searching the web",
      at("web_search_options", "by models made for it"),
      at("tools[].type"),
      at("tools[].type"),
      at("tools[].googleSearch")),
  SEARCH_SIZE(
      "how much of what is found on the web to read", at("search_context_size"), none(), none()),
  SEARCH_PLACE(
      "where the user is who searches the web", at("user_location"), at("user_location"), none()),
  SEARCH_ALLOWED(
      "the only domains to search",
      none(),
      at("filters.allowed_domains"),
      at("allowed_domains"),
      none()),
  SEARCH_BLOCKED(
      "domains not to search",
      none(),
      none(),
      at("blocked_domains"),
      at("excludeDomains", "only by Google's enterprise platform")),
  HOSTED_TOOL("a tool that runs at one provider"),
  HOSTED_CALLS(
      "the most calls of tools that run at a provider",
      none(),
      at("max_tool_calls"),
      at("tools[].max_uses", "only of the tool that searches the web"),
      none()),
  TOOL_OUTPUT(
      "a schema of what a tool gives back",
      none(),
      at("tools[].output_schema"),
      none(),
      at("tools[].functionDeclarations[].responseJsonSchema")),
  TOOL_OPTIONS("a tool's options that only its own dialect has"),
  TOOL_DEFERRED("that a tool stays hidden until a tool that runs at the provider finds it"),
  TOOL_GROUP(
      "the group a tool is declared in",
      none("part of the tool's name"),
      at("tools[].type"),
      none("part of the tool's name"),
      none("part of the tool's name")),
  OUTPUT_CAP(
      "the most output tokens",
      at("max_completion_tokens"),
      at("max_output_tokens"),
      at("max_tokens"),
      at("generationConfig.maxOutputTokens")),
  TEMPERATURE(
      "the temperature",
      at("temperature", "not by reasoning models"),
      at("temperature", "not by reasoning models"),
      at("temperature", "at most 1; not by models after Opus 4.6, nor together with thinking"),
      at("generationConfig.temperature")),
  TOP_P(
      "the share of likely tokens to draw from",
      at("top_p", "not by reasoning models"),
      at("top_p", "not by reasoning models"),
      at("top_p", "not by models after Opus 4.6, nor beside temperature or thinking"),
      at("generationConfig.topP")),
  TOP_K(
      "the number of tokens to draw from",
      none(),
      none(),
      at("top_k", "not by models after Opus 4.6, nor together with thinking"),
      at("generationConfig.topK")),
  SEED("the seed of chance", at("seed"), none(), none(), at("generationConfig.seed")),
  STOP(
      "stop sequences",
      at("stop", "the first four; not by reasoning models"),
      none(),
      at("stop_sequences"),
      at("generationConfig.stopSequences", "the first five")),
  FREQUENCY_PENALTY(
      "the penalty on frequent tokens",
      at("frequency_penalty", "not by reasoning models"),
      none(),
      none(),
      at("generationConfig.frequencyPenalty")),
  PRESENCE_PENALTY(
      "the penalty on tokens that have come up",
      at("presence_penalty", "not by reasoning models"),
      none(),
      none(),
      at("generationConfig.presencePenalty")),
  LOGIT_BIAS(
      "the bias of single tokens",
      at("logit_bias", "only in its own dialect"),
      none(),
      none(),
      none()),
  LOGPROBS(
      "how likely each token was",
      at("logprobs", "not by reasoning models"),
      at("top_logprobs", "not by reasoning models"),
      none(),
      at("generationConfig.responseLogprobs")),
  CANDIDATES(
      "several answers at once", at("n"), none(), none(), at("generationConfig.candidateCount")),
  JSON_OUTPUT(
      "that the answer must be JSON",
      at("response_format"),
      at("text.format"),
      none("an instruction asks for it"),
      at("generationConfig.responseMimeType")),
  SCHEMA_OUTPUT(
      "the JSON schema of the answer",
      at("response_format"),
      at("text.format"),
      at("output_config.format"),
      at("generationConfig.responseJsonSchema")),
  EFFORT(
      "how hard to think",
      at("reasoning_effort", "not by models that do not think"),
      at("reasoning.effort", "not by models that do not think"),
      at("thinking", "not by models that do not think"),
      at("generationConfig.thinkingConfig", "not by models that do not think")),
  REASONING(
      "what the model thought before, made by another provider or told in another dialect",
      none(),
      at("input[].encrypted_content", "only what its owner gets back"),
      at("thinking.signature", "only what its owner gets back"),
      at("thoughtSignature", "only what its owner gets back")),
  REASONING_SHOWN(
      "whether to tell what the model thought",
      none(),
      at("reasoning.summary"),
      at("thinking.display"),
      at("generationConfig.thinkingConfig.includeThoughts")),
  USER("who the end user is", at("safety_identifier"), at("metadata.user_id"), none()),
  CACHE_KEY("the key of the prompt cache", at("prompt_cache_key"), none(), none()),
  CACHE_MARK(
      "where the prompt cache should end",
      at("prompt_cache_breakpoint", "not on calls and tools, nor by models before GPT-5.6"),
      at(
          "prompt_cache_breakpoint",
          "not on tools, nor on what the model said, nor by models before GPT-5.6"),
      at("cache_control", "four at the most, the latest ones"),
      none("the cache works by itself")),
  CACHE_MODE(
      "whether the prompt cache is used by itself, and how long it lasts",
      at("prompt_cache_options", "not by models before GPT-5.6; not for long"),
      at("prompt_cache_options", "not by models before GPT-5.6"),
      at("cache_control"),
      none("the cache works by itself")),
  CACHE_RETENTION(
      "how long the prompt cache lasts, as OpenAI said it before",
      at("prompt_cache_retention"),
      none(),
      none()),
  METADATA("labels of the request", at("metadata"), none(), at("labels", "not by API keys")),
  TIER(
      "the service tier",
      at("service_tier"),
      at("service_tier", "only auto and standard"),
      at("serviceTier", "only flex, standard and priority")),
  VERBOSITY(
      "how wordy the answer should be", at("verbosity"), at("text.verbosity"), none(), none()),
  STORE(
      "whether the provider keeps the answer",
      at("store"),
      at("store", "`false` where nothing is said"),
      none("nothing is kept"),
      at("store")),
  PADDING(
      "that events of a stream are padded, so that their lengths tell nothing",
      at("stream_options.include_obfuscation"),
      none(),
      none()),
  MODERATION("what moderation is to look at", at("moderation"), none(), none()),
  PREDICTION(
      "what the answer will mostly be",
      at("prediction", "only in its own dialect"),
      none(),
      none(),
      none()),
  MODALITIES(
      "answers other than text",
      at("modalities", "sound, by models that speak"),
      none(),
      none(),
      at("generationConfig.responseModalities", "by models that make them")),
  VOICE(
      "whose voice the answer is spoken in",
      at("audio.voice", "its own; in place of another's `alloy`"),
      none(),
      none(),
      at("generationConfig.speechConfig", "its own; in place of another's the usual one")),
  SOUND_FORM(
      "the form of an answer's sound",
      at("audio.format", "in streams pcm16 alone"),
      none(),
      none(),
      none("wav and pcm16 are made, the latter alone in streams")),
  SAFETY(
      "thresholds of the provider's filters",
      none(),
      none(),
      none(),
      at("safetySettings", "only in its own dialect")),
  CACHED_CONTENT("the beginning of the conversation, cached with one provider"),
  SERVER_STATE("state that lives with one provider"),
  CONTEXT_MANAGEMENT(
      "how the provider should shorten the conversation",
      none(),
      at("context_management", "only in its own dialect"),
      at("context_management", "only in its own dialect"),
      none()),
  OWN_OPTION("an option that only its own dialect has"),
  UNKNOWN("a field the gateway does not know");

  private final String meaning;
  private final Cell chat;
  private final Cell responses;
  private final Cell messages;
  private final Cell gemini;

  /// What no dialect has but the one it is said in.
  Feature(String meaning) {
    this(meaning, none(), none(), none());
  }

  /// What OpenAI's dialects say alike.
  Feature(String meaning, Cell openAi, Cell messages, Cell gemini) {
    this(meaning, openAi, openAi, messages, gemini);
  }

  Feature(String meaning, Cell chat, Cell responses, Cell messages, Cell gemini) {
    this.meaning = meaning;
    this.chat = chat;
    this.responses = responses;
    this.messages = messages;
    this.gemini = gemini;
  }

  /// Whether an answer without it would be one to another question: such a target is better left
  /// out than asked.
  public boolean isVital() {
    return switch (this) {
      case IMAGE,
          IMAGE_URL,
          DOCUMENT,
          DOCUMENT_URL,
          STORED_FILE,
          AUDIO,
          AUDIO_FORM,
          VIDEO,
          MODALITIES,
          SOUND_FORM,
          CACHED_CONTENT ->
          true;
      default -> false;
    };
  }

  /// What it is, in a few words.
  public String meaning() {
    return meaning;
  }

  public Cell in(Dialect dialect) {
    return switch (dialect) {
      case OPENAI_CHAT -> chat;
      case OPENAI_RESPONSES -> responses;
      case ANTHROPIC_MESSAGES -> messages;
      case GEMINI_GENERATE -> gemini;
    };
  }
}
