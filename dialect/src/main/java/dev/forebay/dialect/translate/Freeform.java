package dev.forebay.dialect.translate;

import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.neutral.Answer;
import dev.forebay.dialect.neutral.AnswerEvent;
import dev.forebay.dialect.neutral.Arguments;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.Reply;
import dev.forebay.dialect.neutral.Tool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Calls of tools that take text, by models that know only functions: there the text is the string
/// `input` of an object, and the caller gets it as the text it is.
final class Freeform {

  static final String FIELD = "input";

  private Freeform() {}

  /// The tools in question; empty nearly always.
  private static Set<String> tools(Reply reply) {
    boolean functionsOnly =
        switch (reply.target().dialect()) {
          case OPENAI_CHAT, OPENAI_RESPONSES -> false;
          case ANTHROPIC_MESSAGES, GEMINI_GENERATE -> true;
        };
    if (!functionsOnly) {
      return Set.of();
    }
    return reply.request().tooling().tools().stream()
        .filter(Tool.Freeform.class::isInstance)
        .map(tool -> ((Tool.Freeform) tool).name())
        .collect(Collectors.toUnmodifiableSet());
  }

  static Answer unwrapped(Answer answer, Reply reply) {
    Set<String> tools = tools(reply);
    if (tools.isEmpty()) {
      return answer;
    }
    List<Answer.Choice> choices = new ArrayList<>();
    for (Answer.Choice choice : answer.choices()) {
      List<Part> parts = new ArrayList<>();
      for (Part part : choice.parts()) {
        parts.add(
            part instanceof Part.ToolCall call && tools.contains(reply.toolName(call.name()))
                ? unwrapped(call)
                : part);
      }
      choices.add(
          new Answer.Choice(
              parts, choice.stop(), choice.stopSequence(), choice.refusal(), choice.logprobs()));
    }
    return new Answer(answer.id(), answer.model(), choices, answer.usage(), answer.notes());
  }

  private static Part unwrapped(Part.ToolCall call) {
    String text = Arguments.text(call.arguments(), FIELD);
    JsonWriter out = new JsonWriter(call.arguments().length() + 16);
    out.text(text == null ? call.arguments().text() : text);
    return new Part.ToolCall(
        call.id(), call.name(), Slice.of(out.take()), true, call.cache(), call.where());
  }

  static UnaryOperator<Consumer<AnswerEvent>> stream(Reply reply) {
    Set<String> tools = tools(reply);
    return tools.isEmpty() ? UnaryOperator.identity() : sink -> new Unwrapping(tools, reply, sink);
  }

  /// Unwraps the calls of one stream.
  private record Unwrapping(
      Set<String> tools, Reply reply, Consumer<AnswerEvent> sink, Map<Long, StringField> open)
      implements Consumer<AnswerEvent> {

    Unwrapping(Set<String> tools, Reply reply, Consumer<AnswerEvent> sink) {
      this(tools, reply, sink, new HashMap<>());
    }

    @Override
    public void accept(AnswerEvent event) {
      switch (event) {
        case AnswerEvent.CallStarted(int choice, int call, String id, String name, _)
            when tools.contains(reply.toolName(name)) -> {
          open.put(key(choice, call), new StringField());
          sink.accept(new AnswerEvent.CallStarted(choice, call, id, name, true));
        }
        case AnswerEvent.CallDelta(int choice, int call, String fragment)
            when open.get(key(choice, call)) instanceof StringField field -> {
          String text = field.next(fragment);
          if (!text.isEmpty()) {
            sink.accept(new AnswerEvent.CallDelta(choice, call, text));
          }
        }
        default -> sink.accept(event);
      }
    }

    private static long key(int choice, int call) {
      return (long) choice << 32 | call;
    }
  }
}
