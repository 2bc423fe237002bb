package dev.forebay.dialect.responses;

import dev.forebay.dialect.Provider;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.json.Where;
import dev.forebay.dialect.neutral.Arguments;
import dev.forebay.dialect.neutral.Conversation;
import dev.forebay.dialect.neutral.Feature;
import dev.forebay.dialect.neutral.Losses;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.Part.Media;
import dev.forebay.dialect.neutral.Part.Source;
import dev.forebay.dialect.neutral.Seal;
import dev.forebay.dialect.neutral.Turn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the items of a request into turns. *Confined to one call.*
///
/// What the model said, thought and called in a row is one turn, and so are results of tools.
final class ResponsesItems {

  private final Conversation.Draft draft;
  private final Losses losses;
  private final ResponsesContent content;
  private final List<Part> gathered = new ArrayList<>();
  private Turn.@Nullable Role gathering;
  private @Nullable Where since;

  ResponsesItems(Conversation.Draft draft, Losses losses) {
    this.draft = draft;
    this.losses = losses;
    this.content = new ResponsesContent(losses);
  }

  void item(JsonReader json, Where where) throws Fault {
    json.object();
    Fields item = new Fields();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      field(item, name, json, where);
    }
    if (item.type.isEmpty() && item.role != null) {
      item.type = "message";
    } else if (item.type.isEmpty() && item.id != null) {
      item.type = "item_reference";
    }
    if (item.isKnown()) {
      for (Late late : item.late) {
        Where at = where.then(late.name());
        item.parts(late.name(), content.parts(JsonReader.of(late.value(), at), at));
      }
    }
    switch (item.type) {
      case "message" -> message(item, where);
      case "function_call" -> gather(Turn.Role.ASSISTANT, where).add(call(item, false, where));
      case "custom_tool_call" -> gather(Turn.Role.ASSISTANT, where).add(call(item, true, where));
      case "function_call_output", "custom_tool_call_output" ->
          gather(Turn.Role.USER, where).add(result(item, where));
      case "reasoning" -> gather(Turn.Role.ASSISTANT, where).add(reasoning(item, where));
      case "image_generation_call" -> gather(Turn.Role.ASSISTANT, where).add(picture(item, where));
      case "item_reference" -> losses.lose(Feature.STORED_FILE, where);
      case "" ->
          throw Fault.invalid(where.then("type").toString(), "must be a string, but is absent");
      default -> gather(Turn.Role.ASSISTANT, where).add(new Part.Foreign(item.type, where));
    }
  }

  private void field(Fields item, String name, JsonReader json, Where where) throws Fault {
    switch (name) {
      case "type" -> item.type = json.text();
      case "role" -> item.role = json.text();
      case "id" -> item.id = json.textOrSkip();
      case "call_id" -> item.callId = json.textOrNull();
      case "name" -> item.name = json.textOrSkip();
      case "namespace" -> item.group = json.textOrSkip();
      case "arguments", "input" -> item.text = json.textOrSkip();
      case "encrypted_content" -> item.encrypted = json.textOrSkip();
      case "result" -> item.result = json.textOrSkip();
      case "output_format" -> item.form = json.textOrSkip();
      case "content", "output", "summary" -> {
        if (item.isKnown() || item.role != null) {
          item.parts(name, content.parts(json, where.then(name)));
        } else if (item.type.isEmpty()) {
          item.late.add(new Late(name, json.raw()));
        } else {
          // What foreign items hold has a form of its own.
          json.skip();
        }
      }
      // How far an item had come, when it was part of an answer.
      case "status", "phase" -> json.skip();
      default -> {
        // Of foreign items nothing is known but the type.
        if (item.type.isEmpty() || item.isKnown()) {
          losses.lose(Feature.UNKNOWN, where.then(name));
        }
        json.skip();
      }
    }
  }

  private void message(Fields item, Where where) throws Fault {
    if (item.content == null) {
      throw Fault.invalid(
          where.then("content").toString(),
          "must be a string or an array of content parts, but is absent");
    }
    switch (item.role) {
      case null ->
          throw Fault.invalid(where.then("role").toString(), "must be a string, but is absent");
      case "assistant" -> gather(Turn.Role.ASSISTANT, where).addAll(item.content);
      case "user" -> speak(Turn.Role.USER, item.content, where);
      case "system" -> speak(Turn.Role.SYSTEM, item.content, where);
      case "developer" -> speak(Turn.Role.DEVELOPER, item.content, where);
      default ->
          throw Fault.invalid(
              where.then("role").toString(),
              "must be user, assistant, system or developer, but is \"" + item.role + "\"");
    }
  }

  private void speak(Turn.Role role, List<Part> parts, Where where) {
    end();
    draft.turns.add(new Turn(role, parts, where));
  }

  private List<Part> gather(Turn.Role role, Where where) {
    if (gathering != role) {
      end();
      gathering = role;
      since = where;
    }
    return gathered;
  }

  /// Whatever follows, what has been gathered is a turn.
  void end() {
    if (gathering != null && since != null) {
      draft.turns.add(new Turn(gathering, gathered, since));
    }
    gathered.clear();
    gathering = null;
  }

  private static Part call(Fields item, boolean freeform, Where where) throws Fault {
    if (item.callId == null) {
      throw Fault.invalid(where.then("call_id").toString(), "must be a string, but is absent");
    }
    if (item.name == null) {
      throw Fault.invalid(where.then("name").toString(), "must be a string, but is absent");
    }
    String text = item.text == null ? "" : item.text;
    Slice object = freeform ? null : Arguments.object(text);
    Slice arguments =
        object == null ? Slice.of(new JsonWriter(text.length() + 16).text(text).take()) : object;
    String name = item.group == null ? item.name : ResponsesTools.grouped(item.group, item.name);
    return new Part.ToolCall(item.callId, name, arguments, freeform, null, where);
  }

  /// A picture that a model made; without its bytes it is a reference to what one provider has.
  private static Part picture(Fields item, Where where) {
    if (item.result == null || item.result.isEmpty()) {
      return new Part.Foreign(item.type, where);
    }
    Source source = Output.picture(item.result, item.form);
    Part.Made made = new Part.Made(item.id, null, null);
    return new Media(Media.Kind.IMAGE, source, null, null, null, made, where);
  }

  private static Part result(Fields item, Where where) throws Fault {
    if (item.callId == null) {
      throw Fault.invalid(where.then("call_id").toString(), "must be a string, but is absent");
    }
    List<Part> output = item.output == null ? List.of() : item.output;
    return new Part.ToolResult(item.callId, null, output, false, false, null, where);
  }

  private static Part reasoning(Fields item, Where where) {
    StringBuilder text = new StringBuilder();
    List<Part> told = item.summary == null || item.summary.isEmpty() ? item.content : item.summary;
    if (told != null) {
      for (Part part : told) {
        if (part instanceof Part.Text words) {
          text.append(text.isEmpty() ? "" : "\n\n").append(words.text());
        }
      }
    }
    String held = item.encrypted;
    Seal seal = held == null || held.isEmpty() ? null : Seal.of(held, Provider.OPENAI);
    boolean redacted = held != null && Seal.isRedacted(held);
    return new Part.Reasoning(item.id, text.toString(), seal, redacted, where);
  }

  /// What an item holds and cannot be read before its type is known.
  private record Late(String name, Slice value) {}

  /// What one item has said so far.
  private static final class Fields {
    private String type = "";
    private @Nullable String role;
    private @Nullable String id;
    private @Nullable String callId;
    private @Nullable String name;
    private @Nullable String group;
    private @Nullable String text;
    private @Nullable String encrypted;
    private @Nullable String result;
    private @Nullable String form;
    private @Nullable List<Part> content;
    private @Nullable List<Part> output;
    private @Nullable List<Part> summary;
    private final List<Late> late = new ArrayList<>(0);

    private void parts(String name, @Nullable List<Part> parts) {
      switch (name) {
        case "content" -> content = parts;
        case "output" -> output = parts;
        default -> summary = parts;
      }
    }

    private boolean isKnown() {
      return switch (type) {
        case "message",
            "function_call",
            "custom_tool_call",
            "function_call_output",
            "custom_tool_call_output",
            "reasoning" ->
            true;
        default -> false;
      };
    }
  }
}
