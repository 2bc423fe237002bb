package dev.forebay.dialect.gemini;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.json.Where;
import dev.forebay.dialect.neutral.Conversation;
import dev.forebay.dialect.neutral.Effort;
import dev.forebay.dialect.neutral.Feature;
import dev.forebay.dialect.neutral.Losses;
import dev.forebay.dialect.neutral.Outbound.Sent;
import dev.forebay.dialect.neutral.OutputFormat;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.Search;
import dev.forebay.dialect.neutral.Target;
import dev.forebay.dialect.neutral.Tool;
import dev.forebay.dialect.neutral.ToolChoice;
import dev.forebay.dialect.neutral.ToolNames;
import dev.forebay.dialect.neutral.Traits;
import dev.forebay.dialect.neutral.Turn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes one request. *Confined to one call.*
final class GeminiRequestWriter {

  private static final String MODELS = "/v1beta/models/";
  private static final int MOST_STOPS = 5;

  /// The least thinking of models that cannot do without.
  private static final long LEAST_BUDGET = 128;

  private static final Slice ONE_STRING =
      Slice.of(
          ("{\"type\":\"object\",\"properties\":{\"input\":{\"type\":\"string\"}},"
                  + "\"required\":[\"input\"]}")
              .getBytes(StandardCharsets.US_ASCII));

  private final Conversation conversation;
  private final Target target;
  private final Losses losses;
  private final JsonWriter out;
  private final ToolNames names = new ToolNames();

  GeminiRequestWriter(Conversation conversation, Target target, Losses losses, JsonWriter out) {
    this.conversation = conversation;
    this.target = target;
    this.losses = losses;
    this.out = out;
  }

  Sent write() {
    out.object();
    int first = system();
    String detail = Resolution.ofAll(conversation, target.traits().looksByPart());
    new GeminiContents(target, losses, out, names, detail)
        .write(conversation.turns().subList(first, conversation.turns().size()));
    tools();
    config(detail == null ? null : Resolution.level(detail));
    labels(conversation.labels());
    out.endObject();
    String verb = conversation.stream() ? ":streamGenerateContent?alt=sse" : ":generateContent";
    return new Sent(MODELS + target.model() + verb, Map.of(), names.originals());
  }

  /// Writes the instructions that stand before the conversation; returns how many turns that took.
  private int system() {
    List<Turn> turns = conversation.turns();
    int first = 0;
    while (first < turns.size() && turns.get(first).role().instructs()) {
      first++;
    }
    if (first == 0) {
      return 0;
    }
    out.object("systemInstruction").array("parts");
    for (Turn turn : turns.subList(0, first)) {
      for (Part part : turn.parts()) {
        if (part instanceof Part.Text text) {
          out.object().field("text", text.text()).endObject();
          if (text.cache() != null) {
            losses.lose(Feature.CACHE_MARK, text.where());
          }
        } else {
          losses.lose(Feature.SYSTEM, part.where());
        }
      }
    }
    out.endArray().endObject();
    return first;
  }

  private void tools() {
    List<Tool> tools = conversation.tooling().tools();
    boolean functions = false;
    Search search = null;
    ToolChoice choice = conversation.tooling().choice();
    boolean searches = !(choice instanceof ToolChoice.Subset subset) || subset.search();
    for (Tool tool : tools) {
      switch (tool) {
        case Tool.Function _, Tool.Freeform _ -> functions = true;
        case Tool.WebSearch(Search found, Where where) -> {
          if (searches && search == null) {
            search = found;
            search.lose(Dialect.GEMINI_GENERATE, where, losses);
            if (conversation.tooling().hostedCalls() != null) {
              search.loseCalls(where, losses);
            }
          }
        }
        case Tool.Hosted hosted -> losses.lose(Feature.HOSTED_TOOL, hosted.where());
      }
    }
    if (!functions && search == null) {
      return;
    }
    out.array("tools");
    if (functions) {
      out.object().array("functionDeclarations");
      tools.forEach(this::function);
      out.endArray().endObject();
    }
    if (search != null) {
      out.object().object(search.type(Dialect.GEMINI_GENERATE, "googleSearch"));
      search.writeOwn(Dialect.GEMINI_GENERATE, out);
      out.endObject().endObject();
    }
    out.endArray();
    if (functions || choice instanceof ToolChoice.Search) {
      choice(choice);
    }
    if (Boolean.FALSE.equals(conversation.tooling().parallel())) {
      losses.lose(Feature.PARALLEL);
    }
  }

  private void function(Tool tool) {
    switch (tool) {
      case Tool.Function function -> {
        out.object().field("name", names.fitted(function.name()));
        out.optional("description", function.description());
        out.optional("parametersJsonSchema", function.schema());
        out.optional("responseJsonSchema", function.output()).endObject();
        if (Boolean.TRUE.equals(function.strict())) {
          losses.lose(Feature.TOOL_STRICT, function.where());
        }
        if (function.cache() != null) {
          losses.lose(Feature.CACHE_MARK, function.where());
        }
      }
      case Tool.Freeform freeform -> {
        losses.lose(Feature.TOOL_FREEFORM, freeform.where());
        out.object().field("name", names.fitted(freeform.name()));
        out.optional("description", freeform.description());
        out.field("parametersJsonSchema", ONE_STRING).endObject();
      }
      case Tool.WebSearch _, Tool.Hosted _ -> {}
    }
  }

  private void choice(@Nullable ToolChoice choice) {
    if (choice == null) {
      return;
    }
    if (choice instanceof ToolChoice.Search) {
      losses.lose(Feature.TOOL_CHOICE);
      return;
    }
    out.object("toolConfig").object("functionCallingConfig");
    switch (choice) {
      case ToolChoice.Auto _ -> out.field("mode", "AUTO");
      case ToolChoice.None _ -> out.field("mode", "NONE");
      case ToolChoice.Required _ -> out.field("mode", "ANY");
      case ToolChoice.Named named -> allowed("ANY", List.of(named.name()));
      case ToolChoice.Search _ -> {}
      case ToolChoice.Subset subset ->
          allowed(subset.required() ? "ANY" : "VALIDATED", subset.names());
    }
    out.endObject().endObject();
  }

  private void allowed(String mode, List<String> allowed) {
    out.field("mode", mode).array("allowedFunctionNames");
    allowed.forEach(name -> out.text(names.fitted(name)));
    out.endArray();
  }

  private void config(@Nullable String resolution) {
    Conversation.Sampling sampling = conversation.sampling();
    out.object("generationConfig");
    Long cap = sampling.cap();
    if (cap != null) {
      out.field("maxOutputTokens", Math.min(cap, target.traits().mostOutput()));
    }
    out.optional("temperature", sampling.temperature()).optional("topP", sampling.topP());
    out.optional("topK", sampling.topK()).optional("seed", sampling.seed());
    out.optional("frequencyPenalty", sampling.frequencyPenalty());
    out.optional("presencePenalty", sampling.presencePenalty());
    if (sampling.candidates() != null && sampling.candidates() != 1) {
      out.optional("candidateCount", sampling.candidates());
    }
    if (Boolean.TRUE.equals(sampling.logprobs())) {
      out.field("responseLogprobs", true).optional("logprobs", sampling.topLogprobs());
    }
    stops(sampling.stops());
    out.optional("mediaResolution", resolution);
    GeminiRendering.write(conversation, target, losses, out);
    if (!GeminiRendering.formatted(conversation.rendering())) {
      format();
    }
    thinking(conversation.thinking());
    out.endObject();
  }

  private void stops(List<String> stops) {
    if (stops.isEmpty()) {
      return;
    }
    if (stops.size() > MOST_STOPS) {
      losses.lose(Feature.STOP);
    }
    out.array("stopSequences");
    stops.stream().limit(MOST_STOPS).forEach(out::text);
    out.endArray();
  }

  private void format() {
    switch (conversation.format()) {
      case null -> {}
      case OutputFormat.Json _ -> out.field("responseMimeType", "application/json");
      case OutputFormat.Schema schema -> {
        out.field("responseMimeType", "application/json");
        out.field("responseJsonSchema", schema.schema());
      }
    }
  }

  private void thinking(Conversation.Thinking asked) {
    if (!asked.said()) {
      return;
    }
    Traits traits = target.traits();
    switch (traits.thinking()) {
      case NONE -> {
        if (!asked.off()) {
          losses.lose(Feature.EFFORT);
        }
      }
      case EFFORT -> {
        out.object("thinkingConfig");
        Effort effort = level(asked);
        if (effort != null) {
          String word = traits.fitted(effort).word().toUpperCase(Locale.ROOT);
          out.field("thinkingLevel", word);
        }
        out.optional("includeThoughts", asked.shown()).endObject();
      }
      case BUDGET -> {
        out.object("thinkingConfig").optional("thinkingBudget", budget(asked));
        out.optional("includeThoughts", asked.shown()).endObject();
      }
    }
  }

  private static @Nullable Effort level(Conversation.Thinking asked) {
    Long budget = asked.budget();
    return asked.effort() == null && budget != null && budget >= 0
        ? Effort.ofBudget(budget)
        : asked.effort();
  }

  private @Nullable Long budget(Conversation.Thinking asked) {
    if (asked.off()) {
      return target.traits().least() == Effort.NONE ? 0 : LEAST_BUDGET;
    }
    if (asked.budget() != null && asked.budget() > 0) {
      return asked.budget();
    }
    Effort effort = asked.effort();
    if (effort == null || effort == Effort.MAX) {
      // The model decides.
      return asked.budget() == null && effort == null ? null : Long.valueOf(-1);
    }
    return effort.budget();
  }

  private void labels(Conversation.Labels labels) {
    String tier = labels.tier();
    if (tier != null) {
      switch (tier) {
        case "flex", "priority" -> out.field("serviceTier", tier);
        case "default", "standard" -> out.field("serviceTier", "standard");
        case "auto" -> {}
        default -> losses.lose(Feature.TIER);
      }
    }
    out.optional("store", labels.store());
    Conversation.Caching caching = labels.caching();
    if (caching.automatic() != null || caching.life() != null) {
      losses.lose(Feature.CACHE_MODE);
    }
    lose(Feature.CACHE_RETENTION, caching.retention());
    if (Boolean.TRUE.equals(labels.padded())) {
      losses.lose(Feature.PADDING);
    }
    lose(Feature.MODERATION, labels.moderation());
    lose(Feature.USER, labels.user());
    lose(Feature.CACHE_KEY, labels.cacheKey());
    lose(Feature.METADATA, labels.metadata());
    lose(Feature.VERBOSITY, labels.verbosity());
  }

  private void lose(Feature feature, @Nullable Object said) {
    if (said != null) {
      losses.lose(feature);
    }
  }
}
