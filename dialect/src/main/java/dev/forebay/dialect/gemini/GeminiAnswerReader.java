package dev.forebay.dialect.gemini;

import dev.forebay.dialect.Slice;
import dev.forebay.dialect.Usage;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.neutral.Answer;
import dev.forebay.dialect.neutral.Citation;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.StopReason;
import dev.forebay.dialect.neutral.Target;
import dev.forebay.dialect.neutral.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads whole answers. *Confined to one call.*
record GeminiAnswerReader(Target target) {

  Answer read(Slice body, Usage usage) throws Fault {
    // Ids are made from the answer's own, which usually comes last.
    String id = responseId(body);
    JsonReader json = JsonReader.ofObject(body);
    String model = "";
    String blocked = null;
    Instant created = null;
    List<Answer.Choice> choices = new ArrayList<>();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "modelVersion" -> model = json.textOr("");
        case "createTime" -> created = Timestamps.text(json);
        case "promptFeedback" -> blocked = Candidate.blocked(json);
        case "candidates" -> {
          if (json.arrayOrNull()) {
            while (json.nextElement()) {
              choices.add(choice(json, id, choices.size()));
            }
          }
        }
        default -> json.skip();
      }
    }
    if (choices.isEmpty()) {
      StopReason stop = blocked == null ? StopReason.OTHER : StopReason.REFUSAL;
      choices.add(new Answer.Choice(List.of(), stop, null, blocked, List.of()));
    }
    return new Answer(id, model, choices, usage, new Answer.Notes(null, created, null, 0));
  }

  private static String responseId(Slice body) throws Fault {
    JsonReader json = JsonReader.ofObject(body);
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (name.equals("responseId") && json.isText()) {
        return json.text();
      }
      json.skip();
    }
    return "";
  }

  private Answer.Choice choice(JsonReader json, String id, int number) throws Fault {
    Candidate candidate = new Candidate();
    candidate.read(json, new GeminiParts(new CallIds(id, number), target.group(), null));
    boolean calls = candidate.parts.stream().anyMatch(Part.ToolCall.class::isInstance);
    StopReason stop = Candidate.stop(candidate.finish, calls);
    return new Answer.Choice(
        candidate.grounded ? cited(candidate) : candidate.parts,
        stop,
        null,
        refusal(stop, candidate.finishMessage),
        candidate.logprobs);
  }

  static @Nullable String refusal(StopReason stop, @Nullable String message) {
    return stop == StopReason.REFUSAL ? message : null;
  }

  /// What backs the answer up goes to its last text.
  private static List<Part> cited(Candidate candidate) {
    StringBuilder text = new StringBuilder();
    int last = -1;
    for (int i = 0; i < candidate.parts.size(); i++) {
      if (candidate.parts.get(i) instanceof Part.Text words) {
        text.append(words.text());
        last = i;
      }
    }
    if (last < 0) {
      return candidate.parts;
    }
    List<Citation> citations = candidate.grounding.told(text.toString());
    List<Part> parts = new ArrayList<>(candidate.parts);
    Part.Text words = (Part.Text) parts.get(last);
    parts.set(last, new Part.Text(words.text(), citations, words.cache(), words.where()));
    return parts;
  }
}
