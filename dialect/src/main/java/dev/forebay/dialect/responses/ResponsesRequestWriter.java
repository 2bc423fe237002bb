package dev.forebay.dialect.responses;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.chat.PromptCache;
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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes one request. *Confined to one call.*
///
/// Nothing is stored with the provider unless the caller says so: every turn carries the whole
/// conversation and may go to anybody.
final class ResponsesRequestWriter {

  private static final String PATH = "/v1/responses";

  /// A smaller cap is refused.
  private static final long LEAST_CAP = 16;

  private final Conversation conversation;
  private final Target target;
  private final Losses losses;
  private final JsonWriter out;
  private final ToolNames names = new ToolNames();

  ResponsesRequestWriter(Conversation conversation, Target target, Losses losses, JsonWriter out) {
    this.conversation = conversation;
    this.target = target;
    this.losses = losses;
    this.out = out;
  }

  Sent write() {
    out.object().field("model", target.model());
    // What is not said would mean yes here.
    out.field("store", Boolean.TRUE.equals(conversation.labels().store()));
    if (conversation.stream()) {
      out.field("stream", true);
      if (conversation.labels().padded() != null) {
        out.object("stream_options");
        out.optional("include_obfuscation", conversation.labels().padded()).endObject();
      }
    }
    List<Turn> turns = conversation.turns();
    int first = 0;
    if (!turns.isEmpty()
        && soleText(turns.getFirst()) instanceof Part.Text text
        && (text.cache() == null || !target.traits().marks())) {
      out.field("instructions", text.text());
      if (text.cache() != null) {
        losses.lose(Feature.CACHE_MARK, text.where());
      }
      first = 1;
    }
    new ResponsesTurns(target, losses, out, names, conversation.detail())
        .write(turns.subList(first, turns.size()));
    tools();
    text();
    conversation.rendering().loseAll(losses);
    include();
    reasoning();
    sampling(conversation.sampling());
    labels(conversation.labels());
    out.endObject();
    return new Sent(PATH, Map.of(), names.originals());
  }

  private static @Nullable Part soleText(Turn turn) {
    return turn.role() == Turn.Role.SYSTEM && turn.parts().size() == 1
        ? turn.parts().getFirst()
        : null;
  }

  private void tools() {
    boolean any = false;
    for (Tool tool : conversation.tooling().tools()) {
      if (tool instanceof Tool.Hosted hosted) {
        losses.lose(Feature.HOSTED_TOOL, hosted.where());
        continue;
      }
      if (!any) {
        out.array("tools");
        any = true;
      }
      tool(tool);
    }
    if (any) {
      out.endArray();
      choice(conversation.tooling().choice());
      out.optional("parallel_tool_calls", conversation.tooling().parallel());
    }
    out.optional("max_tool_calls", conversation.tooling().hostedCalls());
  }

  private void tool(Tool tool) {
    switch (tool) {
      case Tool.Function function -> {
        out.object().field("type", "function").field("name", names.fitted(function.name()));
        out.optional("description", function.description());
        if (function.schema() == null) {
          out.nothing("parameters");
        } else {
          out.field("parameters", function.schema());
        }
        out.optional("output_schema", function.output());
        // What is not said would mean yes here.
        out.field("strict", Boolean.TRUE.equals(function.strict())).endObject();
        if (function.cache() != null) {
          losses.lose(Feature.CACHE_MARK, function.where());
        }
      }
      case Tool.Freeform freeform -> {
        out.object().field("type", "custom").field("name", names.fitted(freeform.name()));
        out.optional("description", freeform.description());
        out.optional("format", freeform.format()).endObject();
      }
      case Tool.WebSearch(Search search, Where where) -> search(search, where);
      case Tool.Hosted _ -> {}
    }
  }

  private void search(Search search, Where where) {
    search.lose(Dialect.OPENAI_RESPONSES, where, losses);
    out.object().field("type", search.type(Dialect.OPENAI_RESPONSES, ResponsesTools.SEARCH));
    out.optional("search_context_size", search.size());
    if (search.place() != null) {
      out.object("user_location").field("type", "approximate");
      search.place().write(out);
      out.endObject();
    }
    if (!search.allowed().isEmpty()) {
      out.object("filters").array("allowed_domains");
      search.allowed().forEach(out::text);
      out.endArray().endObject();
    }
    search.writeOwn(Dialect.OPENAI_RESPONSES, out);
    out.endObject();
  }

  private void choice(@Nullable ToolChoice choice) {
    switch (choice) {
      case null -> {}
      case ToolChoice.Auto _ -> out.field("tool_choice", "auto");
      case ToolChoice.None _ -> out.field("tool_choice", "none");
      case ToolChoice.Required _ -> out.field("tool_choice", "required");
      case ToolChoice.Named named -> {
        out.object("tool_choice");
        named(named.name());
        out.endObject();
      }
      case ToolChoice.Search _ -> {
        Search search = conversation.tooling().search();
        if (search == null) {
          losses.lose(Feature.TOOL_CHOICE);
        } else {
          String type = search.type(Dialect.OPENAI_RESPONSES, ResponsesTools.SEARCH);
          out.object("tool_choice").field("type", type).endObject();
        }
      }
      case ToolChoice.Subset subset -> {
        out.object("tool_choice").field("type", "allowed_tools");
        out.field("mode", subset.required() ? "required" : "auto").array("tools");
        for (String name : subset.names()) {
          out.object();
          named(name);
          out.endObject();
        }
        Search search = subset.search() ? conversation.tooling().search() : null;
        if (search != null) {
          String type = search.type(Dialect.OPENAI_RESPONSES, ResponsesTools.SEARCH);
          out.object().field("type", type).endObject();
        }
        out.endArray().endObject();
      }
    }
  }

  private void named(String name) {
    boolean freeform =
        conversation.tooling().tools().stream()
            .anyMatch(tool -> tool instanceof Tool.Freeform found && found.name().equals(name));
    out.field("type", freeform ? "custom" : "function").field("name", names.fitted(name));
  }

  private void text() {
    OutputFormat format = conversation.format();
    String verbosity = conversation.labels().verbosity();
    if (format == null && verbosity == null) {
      return;
    }
    out.object("text");
    switch (format) {
      case null -> {}
      case OutputFormat.Json _ -> out.object("format").field("type", "json_object").endObject();
      case OutputFormat.Schema(String name, String description, Slice schema, Boolean strict) -> {
        out.object("format").field("type", "json_schema");
        out.field("name", name == null ? "answer" : name);
        out.optional("description", description).field("schema", schema);
        out.field("strict", Boolean.TRUE.equals(strict)).endObject();
      }
    }
    out.optional("verbosity", verbosity).endObject();
  }

  private void include() {
    boolean sealed = target.traits().thinking() == Traits.Style.EFFORT;
    boolean logprobs = logprobs();
    if (!sealed && !logprobs) {
      return;
    }
    out.array("include");
    if (sealed) {
      out.text("reasoning.encrypted_content");
    }
    if (logprobs) {
      out.text("message.output_text.logprobs");
    }
    out.endArray();
  }

  private boolean logprobs() {
    return target.traits().sampling() && Boolean.TRUE.equals(conversation.sampling().logprobs());
  }

  private void reasoning() {
    Conversation.Thinking asked = conversation.thinking();
    Traits traits = target.traits();
    if (traits.thinking() != Traits.Style.EFFORT) {
      if (asked.said() && !asked.off()) {
        losses.lose(Feature.EFFORT);
      }
      return;
    }
    Effort effort = asked.effort();
    if (effort == null && asked.budget() != null && asked.budget() >= 0) {
      effort = Effort.ofBudget(asked.budget());
    }
    boolean shown = Boolean.TRUE.equals(asked.shown());
    if (effort == null && !shown) {
      return;
    }
    out.object("reasoning");
    out.optional("effort", effort == null ? null : traits.fitted(effort).word());
    if (shown) {
      out.field("summary", "auto");
    }
    out.endObject();
  }

  private void sampling(Conversation.Sampling sampling) {
    Long cap = sampling.cap();
    if (cap != null) {
      long most = target.traits().mostOutput();
      out.field("max_output_tokens", Math.clamp(cap, LEAST_CAP, most));
    }
    boolean free = target.traits().sampling();
    decimal(Feature.TEMPERATURE, "temperature", sampling.temperature(), free);
    decimal(Feature.TOP_P, "top_p", sampling.topP(), free);
    lose(Feature.TOP_K, sampling.topK());
    lose(Feature.SEED, sampling.seed());
    lose(Feature.FREQUENCY_PENALTY, sampling.frequencyPenalty());
    lose(Feature.PRESENCE_PENALTY, sampling.presencePenalty());
    if (!sampling.stops().isEmpty()) {
      losses.lose(Feature.STOP);
    }
    if (sampling.candidates() != null && sampling.candidates() > 1) {
      losses.lose(Feature.CANDIDATES);
    }
    if (logprobs()) {
      out.optional("top_logprobs", sampling.topLogprobs());
    } else if (Boolean.TRUE.equals(sampling.logprobs())) {
      losses.lose(Feature.LOGPROBS);
    }
  }

  private void decimal(Feature feature, String field, @Nullable Double value, boolean free) {
    if (value != null && free) {
      out.optional(field, value);
    } else if (value != null) {
      losses.lose(feature);
    }
  }

  private void labels(Conversation.Labels labels) {
    out.optional("safety_identifier", labels.user());
    out.optional("prompt_cache_key", labels.cacheKey());
    PromptCache.options(labels.caching(), target, losses, out);
    out.optional("moderation", labels.moderation());
    out.optional("metadata", labels.metadata());
    String tier = labels.tier();
    out.optional("service_tier", "standard".equals(tier) ? "default" : tier);
  }

  private void lose(Feature feature, @Nullable Object said) {
    if (said != null) {
      losses.lose(feature);
    }
  }
}
