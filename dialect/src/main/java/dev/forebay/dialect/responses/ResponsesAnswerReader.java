package dev.forebay.dialect.responses;

import dev.forebay.dialect.Slice;
import dev.forebay.dialect.Usage;
import dev.forebay.dialect.chat.ChatLogprobs;
import dev.forebay.dialect.chat.ChatModeration;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.json.Where;
import dev.forebay.dialect.neutral.Answer;
import dev.forebay.dialect.neutral.Arguments;
import dev.forebay.dialect.neutral.Moderation;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.Part.Media;
import dev.forebay.dialect.neutral.Seal;
import dev.forebay.dialect.neutral.StopReason;
import dev.forebay.dialect.neutral.Target;
import dev.forebay.dialect.neutral.Timestamps;
import dev.forebay.dialect.neutral.TokenLogprob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads whole answers, and the items that streams share with them. *Confined to one call.*
record ResponsesAnswerReader(Target target) {

  private static final ResponsesContent CONTENT = new ResponsesContent(null);

  Answer read(Slice body, Usage usage) throws Fault {
    JsonReader json = JsonReader.ofObject(body);
    Response response = new Response();
    response.read(json, this);
    boolean calls = response.parts.stream().anyMatch(Part.ToolCall.class::isInstance);
    boolean refused = response.parts.stream().anyMatch(Part.Refusal.class::isInstance);
    StopReason stop = stop(response.status, response.reason, calls, refused);
    Answer.Choice choice = new Answer.Choice(response.parts, stop, null, null, response.logprobs);
    Answer.Notes notes =
        new Answer.Notes(response.tier, response.created, response.moderation, response.searches);
    return new Answer(response.id, response.model, List.of(choice), usage, notes);
  }

  static StopReason stop(String status, @Nullable String reason, boolean calls, boolean refused) {
    if (status.equals("incomplete")) {
      return switch (reason) {
        case "max_output_tokens", "max_tokens" -> StopReason.LENGTH;
        case "content_filter" -> StopReason.REFUSAL;
        case null, default -> StopReason.OTHER;
      };
    }
    if (calls) {
      return StopReason.TOOL_CALL;
    }
    return refused ? StopReason.REFUSAL : StopReason.END;
  }

  /// A response, as far as it has been read.
  static final class Response {
    String id = "";
    String model = "";
    String status = "completed";
    @Nullable String tier;
    @Nullable Instant created;
    @Nullable Moderation moderation;
    long searches;
    @Nullable String reason;
    final List<Part> parts = new ArrayList<>();
    List<TokenLogprob> logprobs = List.of();

    /// Reads the object that is current; its output only where there is a reader for it.
    void read(JsonReader json, @Nullable ResponsesAnswerReader items) throws Fault {
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        switch (name) {
          case "id" -> id = json.textOr("");
          case "model" -> model = json.textOr("");
          case "status" -> status = json.textOr(status);
          case "service_tier" -> tier = json.textOrSkip();
          case "incomplete_details" -> reason = reason(json);
          case "created_at" -> created = Timestamps.seconds(json);
          case "moderation" -> moderation = ChatModeration.read(json);
          case "tool_usage" -> searches = searches(json);
          case "output" -> {
            if (items == null || !json.isArray()) {
              json.skip();
            } else {
              for (int i = 0; json.nextElement(); i++) {
                items.item(json, Where.of("output", i), this);
              }
            }
          }
          default -> json.skip();
        }
      }
    }

    /// The number of searches out of a `tool_usage`.
    private static long searches(JsonReader json) throws Fault {
      long searches = 0;
      if (!json.isObject()) {
        json.skip();
        return 0;
      }
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        if (!name.equals("web_search") || !json.isObject()) {
          json.skip();
          continue;
        }
        for (String field = json.nextName(); field != null; field = json.nextName()) {
          if (field.equals("num_requests")) {
            Double said = json.numberOrSkip();
            searches = said == null ? 0 : (long) Math.max(0, said);
          } else {
            json.skip();
          }
        }
      }
      return searches;
    }

    private static @Nullable String reason(JsonReader json) throws Fault {
      String reason = null;
      if (!json.isObject()) {
        json.skip();
        return null;
      }
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        if (name.equals("reason")) {
          reason = json.textOrSkip();
        } else {
          json.skip();
        }
      }
      return reason;
    }
  }

  /// One item of an answer.
  static final class Item {
    String type = "";
    @Nullable String id;
    @Nullable String callId;
    @Nullable String name;
    @Nullable String group;
    String text = "";
    @Nullable String encrypted;
    @Nullable String result;
    @Nullable String form;
    @Nullable List<Part> content;
    @Nullable List<Part> summary;
    List<TokenLogprob> logprobs = List.of();

    static Item read(JsonReader json, Where where) throws Fault {
      json.object();
      Item item = new Item();
      Slice content = null;
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        switch (name) {
          case "type" -> item.type = json.text();
          case "id" -> item.id = json.textOrSkip();
          case "call_id" -> item.callId = json.textOrSkip();
          case "name" -> item.name = json.textOrSkip();
          case "namespace" -> item.group = json.textOrSkip();
          case "arguments", "input" -> item.text = json.textOr("");
          case "encrypted_content" -> item.encrypted = json.textOrSkip();
          case "result" -> item.result = json.textOrSkip();
          case "output_format" -> item.form = json.textOrSkip();
          case "content" -> {
            if (json.isArray()) {
              content = json.raw();
            } else {
              json.skip();
            }
          }
          case "summary" -> {
            if (json.isArray()) {
              item.summary = CONTENT.parts(json, where.then(name));
            } else {
              json.skip();
            }
          }
          default -> json.skip();
        }
      }
      // Other items have content of their own kinds.
      if (content != null && (item.type.equals("message") || item.type.equals("reasoning"))) {
        Where at = where.then("content");
        item.content = CONTENT.parts(JsonReader.of(content, at), at);
        item.logprobs = logprobs(content);
      }
      return item;
    }

    private static List<TokenLogprob> logprobs(Slice content) throws Fault {
      List<TokenLogprob> all = new ArrayList<>();
      JsonReader json = JsonReader.of(content);
      while (json.nextElement()) {
        json.object();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
          if (name.equals("logprobs")) {
            all.addAll(ChatLogprobs.list(json));
          } else {
            json.skip();
          }
        }
      }
      return all;
    }

    boolean isCall() {
      return type.equals("function_call") || type.equals("custom_tool_call");
    }

    /// The picture it holds; null when it holds none.
    @Nullable Media picture(Where where) {
      if (!type.equals("image_generation_call") || result == null || result.isEmpty()) {
        return null;
      }
      Part.Made made = new Part.Made(id, null, null);
      return new Media(
          Media.Kind.IMAGE, Output.picture(result, form), null, null, null, made, where);
    }

    boolean isFreeform() {
      return type.equals("custom_tool_call");
    }

    /// The name with its namespace, if it has one.
    String fullName() {
      String own = name == null ? "" : name;
      return group == null ? own : ResponsesTools.grouped(group, own);
    }
  }

  private void item(JsonReader json, Where where, Response into) throws Fault {
    Item item = Item.read(json, where);
    switch (item.type) {
      case "message" -> {
        if (item.content != null) {
          into.parts.addAll(item.content);
        }
        if (!item.logprobs.isEmpty()) {
          into.logprobs = item.logprobs;
        }
      }
      case "reasoning" -> {
        Seal seal = seal(item);
        String text = told(item);
        if (seal != null || !text.isEmpty()) {
          into.parts.add(new Part.Reasoning(item.id, text, seal, false, where));
        }
      }
      case "function_call", "custom_tool_call" -> {
        Slice object = item.isFreeform() ? null : Arguments.object(item.text);
        Slice arguments =
            object == null
                ? Slice.of(new JsonWriter(item.text.length() + 16).text(item.text).take())
                : object;
        String callId = item.callId == null ? String.valueOf(item.id) : item.callId;
        into.parts.add(
            new Part.ToolCall(callId, item.fullName(), arguments, item.isFreeform(), null, where));
      }
      default -> {
        Media picture = item.picture(where);
        if (picture != null) {
          into.parts.add(picture);
        }
      }
    }
  }

  @Nullable Seal seal(Item item) {
    return item.encrypted == null || item.encrypted.isEmpty()
        ? null
        : ReasoningSeals.made(item.id, item.encrypted, target.group());
  }

  /// What is told of reasoning: its summary, else all of it.
  private static String told(Item item) {
    List<Part> parts = item.summary == null || item.summary.isEmpty() ? item.content : item.summary;
    if (parts == null) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Part.Text words) {
        text.append(text.isEmpty() ? "" : "\n\n").append(words.text());
      }
    }
    return text.toString();
  }
}
