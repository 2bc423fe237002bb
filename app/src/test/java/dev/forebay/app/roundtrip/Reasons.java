package dev.forebay.app.roundtrip;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Why something is not kept of which the translation itself says nothing, by its place: the list
/// that the reference prints. *Immutable.*
record Reasons(Map<Pattern, String> why) {

  private static final String FILES = "a file stored with one provider; no other has it";
  private static final String HOSTED = "what a tool that runs at the provider did";
  private static final String ECHO =
      "repeats the request, and is written from the caller's own request";
  private static final String REFUSED = "no other dialect has the log probabilities of a refusal";
  private static final String FETCHED = "no other dialect counts the pages that were fetched";
  private static final String PADDING =
      "what the provider padded this stream with on its way to the gateway";
  private static final String SUMS = "a part of a sum that is kept";

  static Reasons requests(Wire wire) {
    return switch (wire) {
      case CHAT ->
          of(
              "messages\\[]\\(function\\)\\.name",
              "the older kind of result has no id: its name makes one");
      case RESPONSES ->
          of(
              "model", "the target's own name takes its place",
              "conversation.*|previous_response_id",
                  "state that one account holds: such a request is refused elsewhere",
              "include\\[]", "what it asks for is kept or named by itself",
              "input\\[]\\([A-Za-z_]+\\)\\.(phase|status)",
                  "how far an item had come when it was part of an answer",
              "input\\[]\\([a-z_]+\\)\\.id",
                  "the provider's name of an item; items are told apart by what they are",
              ".*_call_output\\)\\.(name|namespace)", "follows from the call",
              "reasoning\\.(generate_summary|summary).*",
                  "that it is asked for is kept, not how long it shall be",
              "tools\\[]\\(namespace\\)\\.(name|description)", "part of the names of its tools",
              "tools\\[]\\(WebSearch(Preview)?Tool\\)\\.user_location\\.type", "there is one only",
              "top_logprobs", "needs `include` beside it");
      case MESSAGES ->
          of(
              ".*source\\(content\\).*(cache_control|citations).*",
                  "marks inside of a document, which is plain text elsewhere",
              ".*transformations.*", "what the provider shall do with too large a picture",
              ".*caller.*", "that code of the provider's made the call",
              "tools\\[]\\(Tool\\)\\.(eager_input_streaming|input_examples\\[]|type)",
                  "how the provider shall handle the tool");
      case GEMINI ->
          of(
              "contents\\[]\\.role", "without a part there is no turn",
              "systemInstruction\\.role", "the role is known",
              ".*partialArgs.*|.*willContinue|.*scheduling.*|.*streamFunctionCallArguments",
                  "pieces of calls, which the Developer API does not have",
              "contents.*\\.thought", "says nothing without words",
              ".*\\.propertyOrdering\\[]", "a hint beside the schema",
              "toolConfig\\.functionCallingConfig\\.mode=VALIDATED",
                  "means AUTO with strict schemas, which elsewhere must be of a certain form",
              "contents.*partMetadata", "the caller's own note on a part",
              "systemInstruction\\.parts\\[]\\..*", "instructions are nothing but text");
    };
  }

  /// More exactly why, where the translation itself names a field of a request.
  static Reasons named(Wire wire) {
    return switch (wire) {
      case CHAT ->
          of(
              "messages\\[]\\(assistant\\)\\.audio.*",
              "sound stored with one provider; no other dialect has a place for it");
      case RESPONSES ->
          of(
              ".*\\(output_text\\)\\.annotations.*",
              FILES,
              ".*\\(output_text\\)\\.logprobs.*",
              "what an answer said of its tokens; no other dialect has a place for it later on");
      case MESSAGES -> of();
      case GEMINI ->
          of(
              "systemInstruction\\.parts\\[]\\.(?!text).*", "instructions are nothing but text",
              ".*\\.(inlineData|fileData)\\.displayName",
                  "others get it as the file's name; the Developer API refuses it",
              "labels", "others get them as metadata; the Developer API refuses them",
              ".*\\.mediaResolution\\.numTokens", "others have levels only");
    };
  }

  static Reasons answers(Wire wire) {
    return switch (wire) {
      case CHAT ->
          of(
              "id", "gets the form that clients look for",
              "choices\\[]\\.index", "written anew",
              "choices\\[]\\.logprobs\\.refusal.*", REFUSED,
              "metadata", "repeats the request",
              "system_fingerprint", "what the provider says of its own workings",
              "usage\\.(total_tokens|[a-z_]+\\.(text|[a-z]+_prediction)_tokens)", SUMS);
      case RESPONSES ->
          of(
              "id|output\\[]\\(reasoning\\)\\.(id|encrypted_content)",
                  "gets the form that clients look for, or its owner's name in front",
              "output\\[]\\(assistant\\)\\.content\\[]\\(output_text\\)\\.annotations.*", FILES,
              "output\\[]\\((assistant|reasoning|function_call|custom_tool_call)\\)\\.(id|phase|status|async)",
                  "written anew: names and states of single items",
              "output\\[]\\((function_call|custom_tool_call)\\)\\.caller.*",
                  "that code of the provider's made the call",
              "output\\[]\\(reasoning\\)\\.content\\[].*",
                  "only the summary of what was thought is for clients",
              "output\\[]\\((?!(assistant|reasoning|function_call|custom_tool_call)\\)).*", HOSTED,
              "completed_at",
                  "when the gateway answered; no other dialect says when an answer ended",
              "status.*|incomplete_details.*|error.*",
                  "follows from how the answer ended; errors go their own way",
              "tool_usage\\.image_gen.*", "pictures that a tool of the provider's drew",
              "prompt_cache_diagnostics.*", "compares with an answer that one provider holds",
              "image.*|access_programs.*|conversation.*",
                  "what the provider says of its own workings",
              "usage\\..*", SUMS,
              "background|instructions.*|max_.*|metadata|parallel_tool_calls|previous_response_id|prompt.*|reasoning\\..*|safety_identifier|temperature|text.*|tool_choice.*|tools.*|top_.*|truncation.*|user|store|model",
                  ECHO);
      case MESSAGES ->
          of(
              "id", "gets the form that clients look for",
              "content\\[]\\(tool_use\\)\\.(caller|toolset_name).*",
                  "that code of the provider's made the call",
              "content\\[]\\((server_tool_use|container_upload|[a-z_]+_tool_result)\\).*", HOSTED,
              "container.*|diagnostics.*|stop_details\\.category.*",
                  "what the provider says of its own workings",
              "usage\\.service_tier=batch", "a batch is not asked through the gateway",
              "usage\\.(inference_geo|speed)", "what the provider says of its own workings",
              "usage\\.server_tool_use\\.web_fetch_requests", FETCHED,
              "usage\\.cache_creation\\.ephemeral_5m_input_tokens", SUMS);
      case GEMINI ->
          of(
              "automaticFunctionCallingHistory.*|sdkHttpResponse.*",
                  "the SDK's own, never on the wire",
              "candidates\\[]\\.content\\.parts\\[]\\.thoughtSignature",
                  "gets its owner's name in front",
              "candidates\\[]\\.content\\.role", "always the model's",
              "candidates\\[]\\.content\\.parts\\[]\\.(executableCode|codeExecutionResult|toolCall|toolResponse).*",
                  HOSTED,
              "candidates\\[]\\.content\\.parts\\[]\\.(fileData|functionResponse|audioTranscription|functionCall\\.(partialArgs|willContinue)).*",
                  "parts that models do not write",
              "candidates\\[]\\.content\\.parts\\[]\\.(inlineData\\.displayName|thought|(media|part|video)[A-Z].*)",
                  "notes on parts, which no other answers have",
              "candidates\\[]\\.(citationMetadata|groundingMetadata).*",
                  "no other dialect has a place for it: sources are an address, a title and a place",
              "candidates\\[]\\.urlContextMetadata.*", HOSTED,
              "candidates\\[]\\.index", "follows from the order",
              "candidates\\[]\\.finishMessage", "only a refusal has words elsewhere",
              "candidates\\[]\\.(avgLogprobs|tokenCount|safetyRatings.*|logprobsResult\\.(topCandidates.*tokenId|logProbabilitySum|chosenCandidates\\[]\\.tokenId))",
                  "no other dialect has a place for it",
              "candidates\\[]\\.finishReason=(SAFETY|RECITATION|BLOCKLIST|PROHIBITED_CONTENT|UNEXPECTED_TOOL_CALL|IMAGE_RECITATION)",
                  "reasons that mean the same to clients are one",
              "modelStatus.*|promptFeedback\\.safetyRatings.*",
                  "what the provider says of its own workings",
              "promptFeedback\\.blockReasonMessage", "told as the words of the refusal",
              "usageMetadata\\.trafficType", "what the provider says of its own workings",
              "usageMetadata\\.(totalTokenCount|[a-zA-Z]+TokensDetails.*)", SUMS);
    };
  }

  static Reasons streams(Wire wire) {
    return switch (wire) {
      case CHAT ->
          of(
              "id",
              "gets the form that clients look for",
              "choices\\[]\\.(delta\\.role|delta\\.tool_calls\\[]\\.(index|type)|index)",
              "written anew",
              "choices\\[]\\.logprobs\\.refusal.*",
              REFUSED,
              "obfuscation",
              PADDING,
              "system_fingerprint",
              "what the provider says of its own workings",
              "usage\\.(total_tokens|[a-z_]+\\.(text|[a-z]+_prediction)_tokens)",
              SUMS);
      case RESPONSES ->
          of(
              "\\(error\\).*|\\(response\\.failed\\).*", "errors go their own way",
              "\\(response\\.(code_interpreter|compaction|file_search|image_generation|mcp|shell|web_search|apply_patch)[a-z_.]*\\)\\..*",
                  HOSTED,
              ".*\\.(sequence_number|item_id|output_index|content_index|summary_index|annotation_index)",
                  "written anew",
              "\\(response\\.[a-z_]+\\)\\.response\\.(id|model|status|service_tier|incomplete_details).*",
                  "written anew from how the answer began and ended",
              "\\(response\\.(content_part|reasoning_summary_part)\\.(added|done)\\)\\.(part|status).*",
                  "repeats what is streamed",
              "\\(response\\.[a-z_]+\\.done\\)\\.(text|refusal|arguments|input|name|logprobs.*|transcript|item\\((assistant|function_call|custom_tool_call)\\).*)",
                  "repeats what is streamed",
              "\\(response\\.output_text\\.annotation\\.added\\)\\.annotation.*", FILES,
              "\\(response\\.output_item\\.added\\)\\.item\\((assistant|reasoning|function_call|custom_tool_call)\\).*",
                  "an item that has only begun",
              "\\(response\\.output_item\\.done\\)\\.item\\(reasoning\\)\\.(id|status|encrypted_content|content.*|summary.*)",
                  "written anew, or streamed before",
              "\\(response\\.output_item\\.(added|done)\\)\\.item\\((?!(assistant|reasoning|function_call|custom_tool_call)\\)).*",
                  HOSTED);
      case MESSAGES ->
          of(
              ".*\\.index", "written anew",
              "\\(message_start\\)\\.message\\.id", "gets the form that clients look for",
              "\\(message_start\\)\\.message\\.(content|container|diagnostics|stop_|usage).*",
                  "a message that has only begun",
              "\\(content_block_start\\)\\.content_block\\((text|thinking|tool_use)\\).*",
                  "a block that has only begun",
              "\\(content_block_start\\)\\.content_block\\((server_tool_use|container_upload|[a-z_]+_tool_result)\\).*",
                  HOSTED,
              "\\(message_delta\\)\\.(delta\\.(container|stop_details\\.category)|diagnostics).*",
                  "what the provider says of its own workings",
              "\\(message_delta\\)\\.delta\\.stop_details\\.explanation",
                  "needs a refusal beside it",
              "\\(message_delta\\)\\.usage\\.server_tool_use\\.web_fetch_requests", FETCHED);
      case GEMINI -> answers(wire);
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
