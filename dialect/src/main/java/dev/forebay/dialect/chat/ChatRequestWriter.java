package dev.forebay.dialect.chat;

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
import dev.forebay.dialect.neutral.Search;
import dev.forebay.dialect.neutral.Target;
import dev.forebay.dialect.neutral.Tool;
import dev.forebay.dialect.neutral.ToolChoice;
import dev.forebay.dialect.neutral.ToolNames;
import dev.forebay.dialect.neutral.Traits;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes one request. *Confined to one call.*
final class ChatRequestWriter {

  private static final String PATH = "/v1/chat/completions";
  private static final int MOST_STOPS = 4;

  private final Conversation conversation;
  private final Target target;
  private final Losses losses;
  private final JsonWriter out;
  private final ToolNames names = new ToolNames();
  private boolean toolsSent;

  ChatRequestWriter(Conversation conversation, Target target, Losses losses, JsonWriter out) {
    this.conversation = conversation;
    this.target = target;
    this.losses = losses;
    this.out = out;
  }

  Sent write() {
    out.object().field("model", target.model());
    if (conversation.stream()) {
      out.field("stream", true);
      out.object("stream_options").field("include_usage", true);
      out.optional("include_obfuscation", conversation.labels().padded()).endObject();
    }
    new ChatTurns(target, losses, out, names, conversation.detail()).write(conversation.turns());
    tools();
    format();
    ChatRendering.write(conversation, target, losses, out);
    effort();
    sampling(conversation.sampling());
    labels(conversation.labels());
    out.endObject();
    return new Sent(PATH, Map.of(), names.originals());
  }

  private void tools() {
    for (Tool tool : conversation.tooling().tools()) {
      switch (tool) {
        case Tool.Function function -> {
          begin("function").field("name", names.fitted(function.name()));
          out.optional("description", function.description());
          out.optional("parameters", function.schema());
          out.optional("strict", function.strict());
          out.endObject().endObject();
          if (function.output() != null) {
            losses.lose(Feature.TOOL_OUTPUT, function.where());
          }
          if (function.cache() != null) {
            losses.lose(Feature.CACHE_MARK, function.where());
          }
        }
        case Tool.Freeform freeform -> {
          begin("custom").field("name", names.fitted(freeform.name()));
          out.optional("description", freeform.description());
          out.optional("format", freeform.format());
          out.endObject().endObject();
        }
        case Tool.WebSearch search -> {
          // Only models made for it take it on this path.
          if (!Traits.searches(target.model())) {
            losses.lose(Feature.WEB_SEARCH, search.where());
          }
        }
        case Tool.Hosted hosted -> losses.lose(Feature.HOSTED_TOOL, hosted.where());
      }
    }
    if (toolsSent) {
      out.endArray();
      choice(conversation.tooling().choice());
      out.optional("parallel_tool_calls", conversation.tooling().parallel());
    }
    search();
  }

  private void search() {
    if (!Traits.searches(target.model())) {
      if (conversation.tooling().choice() instanceof ToolChoice.Search) {
        losses.lose(Feature.TOOL_CHOICE);
      }
      return;
    }
    for (Tool tool : conversation.tooling().tools()) {
      if (tool instanceof Tool.WebSearch(Search search, Where where)) {
        search.lose(Dialect.OPENAI_CHAT, where, losses);
        if (conversation.tooling().hostedCalls() != null) {
          search.loseCalls(where, losses);
        }
        out.object("web_search_options").optional("search_context_size", search.size());
        if (search.place() != null) {
          out.object("user_location").field("type", "approximate").object("approximate");
          search.place().write(out);
          out.endObject().endObject();
        }
        out.endObject();
        return;
      }
    }
  }

  private JsonWriter begin(String type) {
    if (!toolsSent) {
      out.array("tools");
      toolsSent = true;
    }
    return out.object().field("type", type).object(type);
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
      // Such models search before every answer.
      case ToolChoice.Search _ -> {}
      case ToolChoice.Subset subset -> {
        out.object("tool_choice").field("type", "allowed_tools").object("allowed_tools");
        out.field("mode", subset.required() ? "required" : "auto").array("tools");
        for (String name : subset.names()) {
          out.object();
          named(name);
          out.endObject();
        }
        out.endArray().endObject().endObject();
      }
    }
  }

  private void named(String name) {
    String type = isFreeform(name) ? "custom" : "function";
    out.field("type", type).object(type).field("name", names.fitted(name)).endObject();
  }

  private boolean isFreeform(String name) {
    return conversation.tooling().tools().stream()
        .anyMatch(tool -> tool instanceof Tool.Freeform freeform && freeform.name().equals(name));
  }

  private void format() {
    switch (conversation.format()) {
      case null -> {}
      case OutputFormat.Json _ ->
          out.object("response_format").field("type", "json_object").endObject();
      case OutputFormat.Schema(String name, String description, Slice schema, Boolean strict) -> {
        out.object("response_format").field("type", "json_schema").object("json_schema");
        out.field("name", name == null ? "answer" : name);
        out.optional("description", description);
        out.field("schema", schema);
        out.optional("strict", strict);
        out.endObject().endObject();
      }
    }
  }

  private void effort() {
    Conversation.Thinking asked = conversation.thinking();
    Traits traits = target.traits();
    Effort effort = asked.effort();
    if (effort == null && asked.budget() != null && asked.budget() >= 0) {
      effort = Effort.ofBudget(asked.budget());
    }
    if (traits.thinking() == Traits.Style.EFFORT) {
      out.optional("reasoning_effort", effort == null ? null : traits.fitted(effort).word());
    } else if (asked.said() && !asked.off()) {
      losses.lose(Feature.EFFORT);
    }
    if (Boolean.TRUE.equals(asked.shown())) {
      losses.lose(Feature.REASONING_SHOWN);
    }
  }

  private void sampling(Conversation.Sampling sampling) {
    out.optional("max_completion_tokens", cap(sampling.cap()));
    decimal(Feature.TEMPERATURE, "temperature", sampling.temperature());
    decimal(Feature.TOP_P, "top_p", sampling.topP());
    decimal(Feature.FREQUENCY_PENALTY, "frequency_penalty", sampling.frequencyPenalty());
    decimal(Feature.PRESENCE_PENALTY, "presence_penalty", sampling.presencePenalty());
    out.optional("seed", sampling.seed());
    if (sampling.candidates() != null && sampling.candidates() != 1) {
      out.optional("n", sampling.candidates());
    }
    if (sampling.topK() != null) {
      losses.lose(Feature.TOP_K);
    }
    stops(sampling.stops());
    if (Boolean.TRUE.equals(sampling.logprobs())) {
      if (target.traits().sampling()) {
        out.field("logprobs", true).optional("top_logprobs", sampling.topLogprobs());
      } else {
        losses.lose(Feature.LOGPROBS);
      }
    }
  }

  private @Nullable Long cap(@Nullable Long asked) {
    return asked == null ? null : Long.valueOf(Math.min(asked, target.traits().mostOutput()));
  }

  /// Reasoning models refuse all values but the usual ones.
  private void decimal(Feature feature, String field, @Nullable Double value) {
    if (value == null) {
      return;
    }
    if (target.traits().sampling()) {
      out.optional(field, value);
    } else {
      losses.lose(feature);
    }
  }

  private void stops(List<String> stops) {
    if (stops.isEmpty()) {
      return;
    }
    if (!target.traits().sampling()) {
      losses.lose(Feature.STOP);
      return;
    }
    if (stops.size() > MOST_STOPS) {
      losses.lose(Feature.STOP);
    }
    out.array("stop");
    stops.stream().limit(MOST_STOPS).forEach(out::text);
    out.endArray();
  }

  private void labels(Conversation.Labels labels) {
    out.optional("safety_identifier", labels.user());
    out.optional("prompt_cache_key", labels.cacheKey());
    PromptCache.options(labels.caching(), target, losses, out);
    // No is what nothing means here, too, and servers of others know no word for it.
    if (Boolean.TRUE.equals(labels.store()) || losses.client() == Dialect.OPENAI_CHAT) {
      out.optional("store", labels.store());
    }
    out.optional("moderation", labels.moderation());
    out.optional("metadata", labels.metadata());
    out.optional("verbosity", labels.verbosity());
    String tier = labels.tier();
    out.optional("service_tier", "standard".equals(tier) ? "default" : tier);
  }
}
