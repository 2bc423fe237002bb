package dev.forebay.app.roundtrip;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Why something is not kept of which the translation itself says nothing, by its place: the list
/// that the reference prints. *Immutable.*
record Reasons(Map<Pattern, String> why) {

  private static final String CITED =
      "sources of a text that has been said; only the answer they came with has them";
  private static final String HOSTED = "what a tool that runs at the provider did";
  private static final String ECHO =
      "repeats the request, and is written from the caller's own request";
  private static final String SUMS = "a part of a sum that is kept";

  static Reasons requests(Wire wire) {
    return switch (wire) {
      case CHAT ->
          of(
              "messages\\[]\\(function\\)\\.name",
                  "the older kind of result has no id: its name makes one",
              "messages\\[]\\(tool\\)\\.content\\[]\\.prompt_cache_breakpoint.*",
                  "the cache works by itself",
              "stream_options\\.include_obfuscation", "padding of the provider's own stream");
      case RESPONSES ->
          of(
              "model", "the target's own name takes its place",
              "conversation.*|previous_response_id",
                  "state that one account holds: such a request is refused elsewhere",
              "include\\[]", "what it asks for is kept or named by itself",
              ".*\\(input_file\\)\\.detail", "how closely to read a document",
              ".*prompt_cache_breakpoint.*", "the cache works by itself",
              ".*\\.(phase|status)", "how far an item had come when it was part of an answer",
              "input\\[]\\((EasyInputMessage|Message)\\)\\.type", "follows from the role",
              ".*annotations.*", CITED,
              "input\\[]\\(assistant\\)\\.content\\[]\\(output_text\\)\\.logprobs.*",
                  "how likely the tokens of an earlier answer were",
              "input\\[]\\([a-z_]+\\)\\.id",
                  "the provider's name of an item; items are told apart by what they are",
              ".*_call_output\\)\\.(name|namespace)", "follows from the call",
              "reasoning\\.(generate_summary|summary).*",
                  "that it is asked for is kept, not how long it shall be",
              "stream_options\\.include_obfuscation", "padding of the provider's own stream",
              "tools\\[]\\(namespace\\)\\.(name|description)", "part of the names of its tools",
              "tools\\[]\\(WebSearch(Preview)?Tool\\)\\.type.*", "all of them mean the same",
              "top_logprobs", "needs `include` beside it");
      case MESSAGES ->
          of(
              ".*citations.*", CITED,
              ".*source\\(content\\).*cache_control.*", "a mark inside of a document",
              ".*transformations.*", "what the provider shall do with too large a picture",
              ".*caller.*", "that code of the provider's made the call",
              "tools\\[]\\(Tool\\)\\.(eager_input_streaming|input_examples\\[]|type)",
                  "how the provider shall handle the tool",
              "tools\\[]\\(web_search_[0-9]+\\)\\..*", "searching is kept, its options are not");
      case GEMINI ->
          of(
              "contents\\[]\\.role", "without a part there is no turn",
              "systemInstruction\\.role", "the role is known",
              ".*partialArgs.*|.*willContinue|.*scheduling.*|.*streamFunctionCallArguments",
                  "pieces of calls, which the Developer API does not have",
              ".*partMetadata", "the caller's own note on a part",
              ".*\\.thought", "a thought without words",
              ".*\\.propertyOrdering\\[]", "a hint beside the schema",
              "tools\\[]\\.googleSearch.*", "searching is kept, its options are not",
              "toolConfig\\.functionCallingConfig\\.mode=VALIDATED",
                  "means AUTO with strict schemas",
              "generationConfig\\.logprobs", "needs `responseLogprobs` beside it");
    };
  }

  static Reasons answers(Wire wire) {
    return switch (wire) {
      case CHAT ->
          of(
              "id", "gets the form that clients look for",
              "created", "when the gateway began to answer",
              "choices\\[]\\.(index|logprobs\\.refusal.*|logprobs.*bytes.*)", "written anew",
              "choices\\[]\\.logprobs.*", "likelihoods of the words of a refusal",
              "choices\\[]\\.message\\.(annotations|audio|function_call|tool_calls).*",
                  "written anew",
              "metadata|moderation.*|system_fingerprint",
                  "what the provider says of its own workings",
              "usage\\..*", SUMS);
      case RESPONSES ->
          of(
              "id|output\\[]\\(reasoning\\)\\.(id|encrypted_content)",
                  "gets the form that clients look for, or its owner's name in front",
              "output\\[]\\(assistant\\)\\.content\\[]\\(output_text\\)\\.annotations.*",
                  "where in the text a source is used is kept of addresses only",
              "output\\[]\\((assistant|reasoning|function_call|custom_tool_call)\\).*",
                  "written anew: names, states and likelihoods of single items",
              "output\\[].*", HOSTED,
              "created_at|completed_at", "when the gateway answered",
              "status.*|incomplete_details.*|error.*",
                  "follows from how the answer ended; errors go their own way",
              "tool_usage.*|image.*|access_programs.*|moderation.*|conversation.*",
                  "what the provider says of its own workings",
              "usage\\..*", SUMS,
              "background|instructions.*|max_.*|metadata|parallel_tool_calls|previous_response_id|prompt.*|reasoning\\..*|safety_identifier|temperature|text.*|tool_choice.*|tools.*|top_.*|truncation.*|user|store|model",
                  ECHO);
      case MESSAGES ->
          of(
              "id", "gets the form that clients look for",
              "content\\[]\\(text\\)\\.citations.*", "only the provider could read them again",
              "content\\[]\\(tool_use\\)\\.(caller|toolset_name).*",
                  "that code of the provider's made the call",
              "content\\[]\\(.*", HOSTED,
              "container.*|diagnostics.*|stop_details\\.category.*",
                  "what the provider says of its own workings",
              "usage\\.service_tier=batch", "a batch is not asked through the gateway",
              "usage\\..*", SUMS);
      case GEMINI ->
          of(
              "automaticFunctionCallingHistory.*|sdkHttpResponse.*",
                  "the SDK's own, never on the wire",
              "candidates\\[]\\.content\\.parts\\[]\\.thoughtSignature",
                  "gets its owner's name in front",
              "candidates\\[]\\.content.*", "parts that models do not write, and notes on parts",
              "candidates\\[]\\.(citationMetadata|groundingMetadata|urlContextMetadata).*",
                  "sources are kept where they have an address and a place in the text",
              "candidates\\[]\\.(avgLogprobs|logprobsResult|tokenCount|index|finishMessage|safetyRatings).*",
                  "written anew, or what the provider says of its own workings",
              "candidates\\[]\\.finishReason.*", "reasons that mean the same to clients are one",
              "createTime|modelStatus.*|promptFeedback.*",
                  "what the provider says of its own workings",
              "usageMetadata.*", SUMS);
    };
  }

  private static Reasons of(String... patternsAndReasons) {
    Map<Pattern, String> why = new LinkedHashMap<>();
    for (int i = 0; i < patternsAndReasons.length; i += 2) {
      why.put(Pattern.compile(patternsAndReasons[i]), patternsAndReasons[i + 1]);
    }
    return new Reasons(why);
  }

  /// The first reason for a place; null when there is none.
  @Nullable String of(String path) {
    for (Map.Entry<Pattern, String> one : why.entrySet()) {
      if (matches(one.getKey(), path)) {
        return one.getValue();
      }
    }
    return null;
  }

  /// Of the place with the word that stands there, or of any word there.
  private static boolean matches(Pattern pattern, String path) {
    return pattern.matcher(path).matches() || pattern.matcher(path.replaceAll("=.*", "")).matches();
  }

  /// Patterns that no place of these matches.
  List<String> idle(List<String> paths) {
    return why.keySet().stream()
        .filter(pattern -> paths.stream().noneMatch(path -> matches(pattern, path)))
        .map(Pattern::pattern)
        .toList();
  }
}
