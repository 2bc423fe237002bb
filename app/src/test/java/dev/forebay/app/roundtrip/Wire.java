package dev.forebay.app.roundtrip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Provider;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.StreamTap;
import dev.forebay.dialect.Usage;
import dev.forebay.dialect.UsageTap;
import dev.forebay.dialect.chat.ChatInbound;
import dev.forebay.dialect.chat.ChatOutbound;
import dev.forebay.dialect.gemini.GeminiInbound;
import dev.forebay.dialect.gemini.GeminiOutbound;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.messages.MessagesInbound;
import dev.forebay.dialect.messages.MessagesOutbound;
import dev.forebay.dialect.neutral.Answer;
import dev.forebay.dialect.neutral.AnswerEvent;
import dev.forebay.dialect.neutral.Conversation;
import dev.forebay.dialect.neutral.Inbound;
import dev.forebay.dialect.neutral.Losses;
import dev.forebay.dialect.neutral.Outbound;
import dev.forebay.dialect.neutral.Reply;
import dev.forebay.dialect.neutral.StreamReader;
import dev.forebay.dialect.neutral.StreamWriter;
import dev.forebay.dialect.neutral.Target;
import dev.forebay.dialect.responses.ResponsesInbound;
import dev.forebay.dialect.responses.ResponsesOutbound;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// A dialect with both its faces, and models that take all it can say. *Immutable.*
enum Wire {
  CHAT(
      Dialect.OPENAI_CHAT,
      Operation.CHAT_COMPLETIONS,
      new ChatInbound(),
      new ChatOutbound(),
      List.of(
          Target.of(Provider.OPENAI, Dialect.OPENAI_CHAT, "gpt-4.1"),
          Target.of(Provider.OPENAI, Dialect.OPENAI_CHAT, "gpt-6-sol"),
          Target.of(Provider.OPENAI, Dialect.OPENAI_CHAT, "gpt-audio"),
          Target.of(Provider.OPENAI, Dialect.OPENAI_CHAT, "gpt-4o-search-preview")),
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
          + "\"stream_options\":{\"include_usage\":true}}"),
  RESPONSES(
      Dialect.OPENAI_RESPONSES,
      Operation.RESPONSES,
      new ResponsesInbound(),
      new ResponsesOutbound(),
      List.of(
          Target.of(Provider.OPENAI, Dialect.OPENAI_RESPONSES, "gpt-4.1"),
          Target.of(Provider.OPENAI, Dialect.OPENAI_RESPONSES, "gpt-6-sol")),
      "{\"model\":\"m\",\"input\":\"Hi\"}"),
  MESSAGES(
      Dialect.ANTHROPIC_MESSAGES,
      Operation.MESSAGES,
      new MessagesInbound(),
      new MessagesOutbound(),
      List.of(
          Target.of(Provider.ANTHROPIC, Dialect.ANTHROPIC_MESSAGES, "claude-3-5-haiku"),
          Target.of(Provider.ANTHROPIC, Dialect.ANTHROPIC_MESSAGES, "claude-opus-4-5"),
          Target.of(Provider.ANTHROPIC, Dialect.ANTHROPIC_MESSAGES, "claude-opus-5-5")),
      "{\"model\":\"m\",\"max_tokens\":4000,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"),
  GEMINI(
      Dialect.GEMINI_GENERATE,
      Operation.GENERATE_CONTENT,
      new GeminiInbound(),
      new GeminiOutbound(),
      List.of(
          Target.of(Provider.GEMINI, Dialect.GEMINI_GENERATE, "gemini-2.5-flash"),
          Target.of(Provider.GEMINI, Dialect.GEMINI_GENERATE, "gemini-3-flash"),
          Target.of(Provider.GEMINI, Dialect.GEMINI_GENERATE, "gemini-3.1-pro-preview"),
          Target.of(Provider.GEMINI, Dialect.GEMINI_GENERATE, "gemini-2.5-flash-preview-tts"),
          Target.of(Provider.GEMINI, Dialect.GEMINI_GENERATE, "gemini-3-pro-image-preview")),
      "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}]}");

  /// What is found among the answers already.
  private static final Pattern IN_WHOLE_ANSWER =
      Pattern.compile(
          "\\(response\\.[a-z_]+\\)\\.response\\.(?!(id|model|service_tier|status|incomplete_details)\\b).*");

  private static final Inbound.Ask ASK = new Inbound.Ask("m", false);

  final Dialect dialect;
  final List<Target> targets;
  private final Operation operation;
  private final Inbound inbound;
  private final Outbound outbound;
  private final String plainRequest;

  Wire(
      Dialect dialect,
      Operation operation,
      Inbound inbound,
      Outbound outbound,
      List<Target> targets,
      String plainRequest) {
    this.dialect = dialect;
    this.operation = operation;
    this.inbound = inbound;
    this.outbound = outbound;
    this.targets = targets;
    this.plainRequest = plainRequest;
  }

  /// For headings.
  String title() {
    return switch (this) {
      case CHAT -> "OpenAI chat";
      case RESPONSES -> "OpenAI responses";
      case MESSAGES -> "Anthropic messages";
      case GEMINI -> "Gemini";
    };
  }

  private static Slice slice(String json) {
    return Slice.of(json.getBytes(StandardCharsets.UTF_8));
  }

  Conversation request(String json, Losses losses) throws Fault {
    return inbound.read(slice(json), ASK, losses);
  }

  String write(Conversation conversation, Target target, Losses losses) {
    JsonWriter out = new JsonWriter(512);
    outbound.write(conversation, target, losses, out);
    return new String(out.take(), StandardCharsets.UTF_8);
  }

  Answer answer(String json) throws Fault {
    Slice body = slice(json);
    UsageTap tap = UsageTap.of(operation);
    tap.feed(body.array(), body.offset(), body.length());
    Usage usage = tap.end();
    return outbound.read(body, targets.getFirst(), usage);
  }

  String write(Answer answer) throws Fault {
    JsonWriter out = new JsonWriter(512);
    inbound.write(answer, reply(), out);
    return new String(out.take(), StandardCharsets.UTF_8);
  }

  Streams.Steps stream(JsonNode events) throws Fault {
    List<AnswerEvent> steps = new ArrayList<>();
    StreamReader reader = outbound.stream(targets.getFirst());
    for (JsonNode event : events) {
      reader.event(slice(event.toString()), steps::add);
    }
    Operation streaming = this == GEMINI ? Operation.STREAM_GENERATE_CONTENT : operation;
    StreamTap tap = StreamTap.of(streaming, true, false);
    byte[] bytes = Streams.sse(events).getBytes(StandardCharsets.UTF_8);
    tap.feed(bytes, 0, bytes.length, (array, offset, length) -> {});
    return new Streams.Steps(steps, tap.usage());
  }

  JsonNode write(Streams.Steps steps) throws Fault {
    JsonWriter out = new JsonWriter(512);
    StreamWriter writer = inbound.stream(reply(), out);
    steps.events().forEach(writer::event);
    writer.end(steps.usage());
    return Streams.events(new String(out.take(), StandardCharsets.UTF_8));
  }

  private Reply reply() throws Fault {
    Slice request = slice(plainRequest);
    Conversation asked = inbound.read(request, ASK, new Losses(dialect));
    return new Reply(asked, request, targets.getFirst(), "made", 1, 0, true, false, Map.of());
  }

  /// The SDK's type of a request, or of the parts that make one up.
  List<Leaf> requestLeaves(Values values) {
    return switch (this) {
      case CHAT ->
          leaves("com.openai.models.chat.completions.ChatCompletionCreateParams$Body", values);
      case RESPONSES -> leaves("com.openai.models.responses.ResponseCreateParams$Body", values);
      case MESSAGES -> leaves("com.anthropic.models.messages.MessageCreateParams$Body", values);
      case GEMINI -> gemini(values);
    };
  }

  List<Leaf> answerLeaves(Values values) {
    return switch (this) {
      case CHAT -> leaves("com.openai.models.chat.completions.ChatCompletion", values);
      case RESPONSES -> leaves("com.openai.models.responses.Response", values);
      case MESSAGES -> leaves("com.anthropic.models.messages.Message", values);
      case GEMINI -> leaves("com.google.genai.types.GenerateContentResponse", values);
    };
  }

  /// The leaves of an event of a stream; of whole answers in it those alone that are read there.
  List<Leaf> streamLeaves(Values values) {
    String type =
        switch (this) {
          case CHAT -> "com.openai.models.chat.completions.ChatCompletionChunk";
          case RESPONSES -> "com.openai.models.responses.ResponseStreamEvent";
          case MESSAGES -> "com.anthropic.models.messages.RawMessageStreamEvent";
          case GEMINI -> "com.google.genai.types.GenerateContentResponse";
        };
    return Leaves.of(type(type), "", values, event -> Streams.around(this, event)).stream()
        .filter(leaf -> !IN_WHOLE_ANSWER.matcher(leaf.path()).matches())
        .toList();
  }

  private static List<Leaf> leaves(String type, Values values) {
    return Leaves.of(type(type), "", values, value -> value);
  }

  private static Type type(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("the SDK has no " + name, e);
    }
  }

  /// Google's SDK takes a request apart: what is on the wire is put together of its types here.
  private static List<Leaf> gemini(Values values) {
    String types = "com.google.genai.types.";
    List<Leaf> all = new ArrayList<>();
    all.addAll(part("contents[]", types + "Content", values, Wire::listed));
    all.addAll(part("systemInstruction", types + "Content", values, value -> value));
    all.addAll(part("tools[]", types + "Tool", values, Wire::listed));
    all.addAll(part("toolConfig", types + "ToolConfig", values, value -> value));
    all.addAll(part("safetySettings[]", types + "SafetySetting", values, Wire::listed));
    all.addAll(part("generationConfig", types + "GenerationConfig", values, value -> value));
    all.addAll(part("serviceTier", types + "ServiceTier", values, value -> value));
    all.addAll(part("cachedContent", "java.lang.String", values, value -> value));
    all.addAll(part("labels", "java.util.Map", values, value -> value));
    return all;
  }

  private static JsonNode listed(JsonNode value) {
    return JsonNodeFactory.instance.arrayNode().add(value);
  }

  private static List<Leaf> part(
      String path, String type, Values values, UnaryOperator<JsonNode> wrap) {
    String field = path.replace("[]", "");
    return Leaves.of(
        type(type),
        path,
        values,
        value -> {
          ObjectNode request = JsonNodeFactory.instance.objectNode();
          if (values.beside().get(field) instanceof ObjectNode more) {
            request.setAll(more);
          }
          if (!field.equals("contents")) {
            request
                .putArray("contents")
                .addObject()
                .put("role", "user")
                .putArray("parts")
                .addObject()
                .put("text", "Hi");
          }
          return request.set(field, wrap.apply(value));
        });
  }
}
