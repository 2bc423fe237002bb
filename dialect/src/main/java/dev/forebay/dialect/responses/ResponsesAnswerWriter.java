package dev.forebay.dialect.responses;

import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.neutral.Answer;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.Reply;
import dev.forebay.dialect.neutral.Sound;
import dev.forebay.dialect.neutral.StopReason;
import dev.forebay.dialect.neutral.TokenLogprob;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes whole answers. *Confined to one call.*
final class ResponsesAnswerWriter {

  private final Reply reply;
  private final JsonWriter out;
  private int index;

  ResponsesAnswerWriter(Reply reply, JsonWriter out) {
    this.reply = reply;
    this.out = out;
  }

  void write(Answer answer) {
    String id = Output.responseId(reply.id(answer.id()));
    Answer.Choice choice = answer.choices().isEmpty() ? null : answer.choices().getFirst();
    StopReason stop = choice == null ? StopReason.END : choice.stop();
    String refusal = choice == null ? null : choice.refusal();
    boolean refuses =
        refusal != null
            || choice != null && choice.parts().stream().anyMatch(Part.Refusal.class::isInstance);
    Echo.of(reply.body())
        .begin(reply, id, answer.model(), status(stop, refuses), stop, answer.notes(), out);
    out.array("output");
    if (choice != null) {
      output(new Output(reply, id, out), choice, refusal);
    }
    out.endArray();
    Output.usage(answer.usage(), out);
    out.endObject();
  }

  /// A refusal in words is complete as it is.
  static String status(StopReason stop, boolean refusesInWords) {
    return switch (stop) {
      case END, STOP_SEQUENCE, TOOL_CALL, PAUSE, BAD_TOOL_CALL, OTHER -> "completed";
      case LENGTH, CONTEXT_FULL -> "incomplete";
      case REFUSAL -> refusesInWords ? "completed" : "incomplete";
    };
  }

  private void output(Output output, Answer.Choice choice, @Nullable String refusal) {
    List<TokenLogprob> logprobs = choice.logprobs();
    boolean open = false;
    for (Part part : choice.parts()) {
      switch (part) {
        case Part.Text text -> {
          open = open || begin(output);
          output.text(text.text(), text.citations(), logprobs);
          logprobs = List.of();
        }
        case Part.Refusal words -> {
          open = open || begin(output);
          output.refusal(words.text());
        }
        case Part.ToolCall call -> {
          open = open && end(output);
          String text = Output.argumentsText(call.arguments(), call.hasObject());
          output.call(index++, call.id(), call.name(), text, call.freeform(), "completed");
        }
        case Part.Reasoning thought -> {
          open = open && end(output);
          output.reasoning(index++, thought.text(), thought.seal(), thought.redacted());
        }
        case Part.Media media -> {
          if (media.kind() == Part.Media.Kind.IMAGE
              && media.source() instanceof Part.Source.Inline picture) {
            open = open && end(output);
            output.picture(index++, picture, "completed");
          } else {
            open = open || begin(output);
            String words = Sound.transcript(media);
            output.text(words.isEmpty() ? Sound.unshown(media) : words, List.of(), List.of());
          }
        }
        case Part.ToolResult _, Part.Foreign _ -> {}
      }
    }
    if (refusal != null) {
      open = open || begin(output);
      output.refusal(refusal);
    }
    if (open) {
      end(output);
    }
  }

  private boolean begin(Output output) {
    output.beginMessage(index++, "completed");
    return true;
  }

  private static boolean end(Output output) {
    output.endMessage();
    return false;
  }
}
