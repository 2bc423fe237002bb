package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// The simulated model. Thread-safe.
///
/// The same prompt gets the same answer in every run of one seed. It calls a tool when it is forced
/// to, or when the last user turn says `use tool` or `call` and the tool's name (or just `use a
/// tool`); it answers JSON when JSON is demanded; and otherwise it repeats the question and goes on
/// in prose. `tokens=N` in the last user turn decides the length of the answer.
final class Author {

  private static final int ECHO_CHARS = 160;
  private static final int THOUGHT_TOKENS = 16;

  private final long seed;

  Author(long seed) {
    this.seed = seed;
  }

  Generation write(Prompt prompt, int usualTokens, int variant) {
    SplittableRandom random = new SplittableRandom(seedOf(prompt) + variant);
    List<String> thoughts = List.of();
    if (prompt.reasoning()) {
      // A third of a tight budget at most, so that something visible is left.
      long room = Math.max(1, Math.min(THOUGHT_TOKENS, prompt.maxTokens() / 3));
      thoughts = Prose.words("Considering the request.", (int) room, random);
    }
    long room = prompt.maxTokens() - thoughts.size();
    Prompt.Tool tool = toolToCall(prompt);
    if (tool != null) {
      return call(tool, thoughts, room, random);
    }
    List<String> words =
        switch (prompt.form()) {
          case Prompt.Form.Text _ -> text(prompt, usualTokens, random);
          case Prompt.Form.AnyJson _ ->
              Prose.pieces(JsonText.object().put("answer", echo(prompt.lastText())).toString());
          case Prompt.Form.Schema(JsonNode schema) ->
              Prose.pieces(SchemaSampler.sample(schema, random).toString());
        };
    return limited(prompt, thoughts, words, room);
  }

  private static Generation call(
      Prompt.Tool tool, List<String> thoughts, long room, SplittableRandom random) {
    ObjectNode arguments =
        SchemaSampler.sample(tool.schema(), random) instanceof ObjectNode object
            ? object
            : JsonText.object();
    List<String> pieces = Prose.pieces(arguments.toString());
    if (pieces.size() > room) {
      return new Generation(thoughts, List.of(), null, Generation.Finish.LENGTH, null);
    }
    return new Generation(
        thoughts,
        List.of(),
        new Generation.ToolCall(tool.name(), arguments, pieces),
        Generation.Finish.TOOL,
        null);
  }

  private static Generation limited(
      Prompt prompt, List<String> thoughts, List<String> all, long room) {
    List<String> words = all.size() > room ? all.subList(0, (int) Math.max(0, room)) : all;
    Generation.Finish finish =
        words.size() < all.size() ? Generation.Finish.LENGTH : Generation.Finish.END;
    if (!prompt.stops().isEmpty()) {
      String text = String.join("", words);
      int cut = -1;
      String hit = null;
      for (String stop : prompt.stops()) {
        int at = stop.isEmpty() ? -1 : text.indexOf(stop);
        if (at >= 0 && (cut < 0 || at < cut)) {
          cut = at;
          hit = stop;
        }
      }
      if (hit != null) {
        return new Generation(
            thoughts, cutAt(words, cut), null, Generation.Finish.STOP_STRING, hit);
      }
    }
    return new Generation(thoughts, words, null, finish, null);
  }

  private static List<String> cutAt(List<String> words, int chars) {
    List<String> kept = new ArrayList<>();
    int left = chars;
    for (String word : words) {
      if (left <= 0) {
        break;
      }
      kept.add(word.length() <= left ? word : word.substring(0, left));
      left -= word.length();
    }
    return kept;
  }

  private static List<String> text(Prompt prompt, int usualTokens, SplittableRandom random) {
    int wanted = wantedTokens(prompt.lastText(), usualTokens);
    String opening =
        prompt.answersTool()
            ? "The tool answered: " + echo(prompt.lastText())
            : "You said: " + echo(prompt.lastText());
    return Prose.words(opening, wanted, random);
  }

  private static String echo(String text) {
    String flat = text.strip();
    return flat.length() <= ECHO_CHARS ? flat : flat.substring(0, ECHO_CHARS) + "…";
  }

  /// The number after `tokens=`, if the text has one.
  static int wantedTokens(String text, int otherwise) {
    int at = text.indexOf("tokens=");
    if (at < 0) {
      return otherwise;
    }
    int value = 0;
    for (int i = at + 7; i < text.length() && Character.isDigit(text.charAt(i)); i++) {
      value = Math.min(100_000, value * 10 + (text.charAt(i) - '0'));
    }
    return value == 0 ? otherwise : value;
  }

  private static Prompt.@Nullable Tool toolToCall(Prompt prompt) {
    if (prompt.tools().isEmpty()) {
      return null;
    }
    return switch (prompt.choice()) {
      case Prompt.Choice.Never _ -> null;
      case Prompt.Choice.Some _ -> prompt.tools().getFirst();
      case Prompt.Choice.Named(String name) ->
          prompt.tools().stream().filter(tool -> tool.name().equals(name)).findFirst().orElse(null);
      case Prompt.Choice.Auto _ -> prompt.answersTool() ? null : askedFor(prompt);
    };
  }

  private static Prompt.@Nullable Tool askedFor(Prompt prompt) {
    String text = prompt.lastText().toLowerCase(Locale.ROOT);
    if (!text.contains("use ") && !text.contains("call ")) {
      return null;
    }
    for (Prompt.Tool tool : prompt.tools()) {
      String name = tool.name().toLowerCase(Locale.ROOT);
      if (text.contains("use " + name)
          || text.contains("call " + name)
          || text.contains("use tool " + name)
          || text.contains("use the tool " + name)) {
        return tool;
      }
    }
    boolean any = text.contains("use a tool") || text.contains("call a tool");
    return any ? prompt.tools().getFirst() : null;
  }

  private long seedOf(Prompt prompt) {
    long hash = seed;
    for (PromptBlock block : prompt.blocks()) {
      hash = hash * 31 + block.hash();
    }
    return hash;
  }
}
