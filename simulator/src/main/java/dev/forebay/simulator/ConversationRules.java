package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What Anthropic refuses in the turns of a conversation. Each check returns the first fault found,
/// or null.
///
/// @param systemTurns whether `system` is allowed as a role
/// @param dropForeignThinking whether thinking of another conversation is left out instead of
///   refused
record ConversationRules(
    JsonNode messages,
    Models.Model model,
    String organization,
    boolean newest,
    boolean systemTurns,
    boolean dropForeignThinking) {

  @Nullable ApiError check() {
    if (messages.isMissingNode()) {
      return AnthropicErrors.invalid("messages: Field required");
    }
    if (!messages.isArray()) {
      return AnthropicErrors.invalid("messages: Input should be a valid array");
    }
    if (messages.isEmpty()) {
      return AnthropicErrors.invalid("messages: at least one message is required");
    }
    for (int i = 0; i < messages.size(); i++) {
      ApiError problem = turn(messages.get(i), i);
      if (problem != null) {
        return problem;
      }
    }
    if ("assistant".equals(role(0))) {
      return AnthropicErrors.invalid("messages: first message must use the \"user\" role");
    }
    if (model.recent() && "assistant".equals(role(messages.size() - 1))) {
      return AnthropicErrors.invalid(
          "This model does not support assistant message prefill. The conversation must end with a"
              + " user message.");
    }
    return toolResults();
  }

  private String role(int index) {
    return JsonText.string(messages.get(index), "role");
  }

  private @Nullable ApiError turn(JsonNode message, int index) {
    String role = JsonText.string(message, "role");
    if (role.equals("system") && !systemTurns) {
      return AnthropicErrors.invalid(
          "messages: Unexpected role \"system\". The Messages API accepts a top-level `system`"
              + " parameter, not \"system\" as an input message role.");
    }
    if (!role.equals("user") && !role.equals("assistant") && !role.equals("system")) {
      return AnthropicErrors.invalid(
          "messages." + index + ".role: Input should be 'user' or 'assistant'");
    }
    JsonNode content = message.path("content");
    if (content.isMissingNode()) {
      return AnthropicErrors.invalid("messages." + index + ".content: Field required");
    }
    if (!content.isTextual() && !content.isArray()) {
      return AnthropicErrors.invalid(
          "messages." + index + ".content: Input should be a valid string or array");
    }
    boolean finalAssistant = role.equals("assistant") && index == messages.size() - 1;
    boolean empty = content.isTextual() ? content.textValue().isEmpty() : content.isEmpty();
    if (empty && !finalAssistant) {
      return AnthropicErrors.invalid(
          "messages."
              + index
              + ": all messages must have non-empty content except for the optional"
              + " final assistant message");
    }
    int at = 0;
    for (JsonNode block : content) {
      ApiError problem = block(block, role, "messages." + index + ".content." + at++);
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private @Nullable ApiError block(JsonNode block, String role, String path) {
    String type = JsonText.string(block, "type");
    return switch (type) {
      case "" -> AnthropicErrors.invalid(path + ".type: Field required");
      case "text" -> text(block, role, path);
      case "tool_use" ->
          role.equals("assistant")
              ? null
              : AnthropicErrors.invalid(
                  path + ": `tool_use` blocks can only be in `assistant` messages");
      case "tool_result" ->
          role.equals("user")
              ? null
              : AnthropicErrors.invalid(
                  path + ": `tool_result` blocks can only be in `user` messages");
      case "document" ->
          newest && role.equals("assistant")
              ? AnthropicErrors.invalid(
                  path + ": `document` blocks are not permitted in `assistant` messages")
              : null;
      case "thinking" -> thinking(block, role, path);
      default -> null;
    };
  }

  private @Nullable ApiError text(JsonNode block, String role, String path) {
    if (!block.path("text").isTextual()) {
      return AnthropicErrors.invalid(path + ".text.text: Field required");
    }
    if (block.get("text").textValue().isEmpty()) {
      return AnthropicErrors.invalid("messages: text content blocks must be non-empty");
    }
    if (newest && role.equals("user") && !block.path("citations").isEmpty()) {
      return AnthropicErrors.invalid(
          path + ".text.citations: citations are not permitted in `user` messages");
    }
    return null;
  }

  private @Nullable ApiError thinking(JsonNode block, String role, String path) {
    if (!role.equals("assistant")) {
      return AnthropicErrors.invalid(
          path + ": `thinking` blocks can only be in `assistant` messages");
    }
    if (!block.path("signature").isTextual()) {
      return AnthropicErrors.invalid(path + ".thinking.signature: Field required");
    }
    Signatures.Check check =
        Signatures.check(
            block.get("signature").textValue(), organization, JsonText.string(block, "thinking"));
    if (check == Signatures.Check.GOOD || dropForeignThinking) {
      return null;
    }
    String why =
        check == Signatures.Check.MALFORMED
            ? ""
            : ": the block is bound to a different conversation";
    return AnthropicErrors.invalid(path + ": Invalid `signature` in `thinking` block" + why);
  }

  private @Nullable ApiError toolResults() {
    Set<String> open = Set.of();
    for (int i = 0; i < messages.size(); i++) {
      JsonNode content = messages.get(i).path("content");
      if (role(i).equals("assistant")) {
        Set<String> called = ids(content, "tool_use", "id");
        if (i > 0 && role(i - 1).equals("assistant")) {
          // Neighbours of one role are one turn.
          called.addAll(open);
        } else if (!open.isEmpty()) {
          return unanswered(i - 1, open);
        }
        open = called;
        continue;
      }
      if (role(i).equals("system")) {
        continue;
      }
      Set<String> answered = new LinkedHashSet<>();
      boolean leading = true;
      int at = 0;
      for (JsonNode block : content) {
        boolean result = "tool_result".equals(JsonText.string(block, "type"));
        String id = JsonText.string(block, "tool_use_id");
        if (result && !open.contains(id)) {
          return AnthropicErrors.invalid(
              ("messages.%d.content.%d: unexpected `tool_use_id` found in `tool_result` blocks: %s."
                      + " Each `tool_result` block must have a corresponding `tool_use` block in the"
                      + " previous message.")
                  .formatted(i, at, id));
        }
        if (result && leading) {
          answered.add(id);
        }
        leading &= result;
        at++;
      }
      Set<String> missing = new LinkedHashSet<>(open);
      missing.removeAll(answered);
      if (!missing.isEmpty()) {
        return unanswered(i - 1, missing);
      }
      open = Set.of();
    }
    return null;
  }

  private static ApiError unanswered(int index, Set<String> ids) {
    return AnthropicErrors.invalid(
        ("messages.%d: `tool_use` ids were found without `tool_result` blocks immediately after: %s."
                + " Each `tool_use` block must have a corresponding `tool_result` block in the next"
                + " message.")
            .formatted(index, String.join(", ", ids)));
  }

  private static Set<String> ids(JsonNode content, String type, String field) {
    Set<String> ids = new LinkedHashSet<>();
    for (JsonNode block : content) {
      if (type.equals(JsonText.string(block, "type"))) {
        ids.add(JsonText.string(block, field));
      }
    }
    return ids;
  }
}
