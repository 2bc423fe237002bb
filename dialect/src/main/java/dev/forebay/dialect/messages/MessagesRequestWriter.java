package dev.forebay.dialect.messages;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.json.Where;
import dev.forebay.dialect.neutral.Conversation;
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
import dev.forebay.dialect.neutral.Turn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes one request. *Confined to one call.*
final class MessagesRequestWriter {

  private static final String PATH = "/v1/messages";
  private static final String VERSION = "anthropic-version";

  /// The last version that takes temperature and its like.
  private static final String OLD_VERSION = "2023-06-01";

  private static final String NEW_VERSION = "2026-10-21";

  /// A cap must be named; callers of other dialects seldom do.
  private static final long CAP_BY_DEFAULT = 32_000;

  private static final Slice ANY_OBJECT =
      Slice.of("{\"type\":\"object\",\"properties\":{}}".getBytes(StandardCharsets.US_ASCII));
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
  private final Thoughts thoughts;
  private final MessagesTurns turns;

  MessagesRequestWriter(Conversation conversation, Target target, Losses losses, JsonWriter out) {
    this.conversation = conversation;
    this.target = target;
    this.losses = losses;
    this.out = out;
    this.thoughts = Thoughts.of(conversation, target, losses);
    this.turns = new MessagesTurns(conversation, target, losses, out, names);
  }

  Sent write() {
    Conversation.Sampling sampling = conversation.sampling();
    out.object().field("model", target.model());
    out.field("max_tokens", cap(sampling.cap()));
    if (conversation.stream()) {
      out.field("stream", true);
    }
    int first = system();
    conversation.rendering().loseAll(losses);
    turns.write(conversation.turns().subList(first, conversation.turns().size()));
    tools();
    thoughts();
    sampling(sampling);
    labels(conversation.labels());
    out.endObject();
    boolean old = target.traits().sampling();
    return new Sent(PATH, Map.of(VERSION, old ? OLD_VERSION : NEW_VERSION), names.originals());
  }

  private long cap(@Nullable Long asked) {
    long most = target.traits().mostOutput();
    long cap = asked == null ? Math.min(most, CAP_BY_DEFAULT) : Math.min(most, asked);
    // The budget is spent out of the cap, and must be smaller.
    return thoughts.budget() > 0 && cap <= thoughts.budget()
        ? Math.min(most, cap + thoughts.budget())
        : cap;
  }

  /// Writes the instructions that stand before the conversation; returns how many turns that took.
  private int system() {
    List<Turn> all = conversation.turns();
    int first = 0;
    while (first < all.size() && all.get(first).role().instructs()) {
      first++;
    }
    boolean askForJson = conversation.format() instanceof OutputFormat.Json;
    if (first == 0 && !askForJson) {
      return 0;
    }
    out.array("system");
    for (Turn turn : all.subList(0, first)) {
      for (Part part : turn.parts()) {
        if (part instanceof Part.Text text) {
          turns.text(text);
        } else {
          losses.lose(Feature.FOREIGN_PART, part.where());
        }
      }
    }
    if (askForJson) {
      losses.lose(Feature.JSON_OUTPUT);
      out.object().field("type", "text");
      out.field("text", "Answer with one JSON object and nothing else.").endObject();
    }
    out.endArray();
    return first;
  }

  private void tools() {
    List<Tool> tools = conversation.tooling().tools();
    ToolChoice choice = conversation.tooling().choice();
    boolean any = false;
    for (Tool tool : tools) {
      if (!offered(tool, choice)) {
        continue;
      }
      if (!any) {
        out.array("tools");
        any = true;
      }
      tool(tool);
    }
    if (!any) {
      return;
    }
    out.endArray();
    choice(choice);
  }

  /// A subset is kept by offering nothing else.
  private boolean offered(Tool tool, @Nullable ToolChoice choice) {
    if (tool instanceof Tool.Hosted) {
      losses.lose(Feature.HOSTED_TOOL, tool.where());
      return false;
    }
    if (!(choice instanceof ToolChoice.Subset subset)) {
      return true;
    }
    return switch (tool) {
      case Tool.Function function -> subset.names().contains(function.name());
      case Tool.Freeform freeform -> subset.names().contains(freeform.name());
      case Tool.WebSearch _ -> subset.search();
      case Tool.Hosted _ -> true;
    };
  }

  private void tool(Tool tool) {
    switch (tool) {
      case Tool.Function function -> {
        out.object().field("name", names.fitted(function.name()));
        out.optional("description", function.description());
        Slice schema = function.schema();
        out.field("input_schema", schema == null ? ANY_OBJECT : schema);
        if (Boolean.TRUE.equals(function.strict())) {
          out.field("strict", true);
        }
        turns.cache(function.cache());
        out.endObject();
        if (function.output() != null) {
          losses.lose(Feature.TOOL_OUTPUT, function.where());
        }
      }
      case Tool.Freeform freeform -> {
        losses.lose(Feature.TOOL_FREEFORM, freeform.where());
        out.object().field("name", names.fitted(freeform.name()));
        out.optional("description", freeform.description());
        out.field("input_schema", ONE_STRING).endObject();
      }
      case Tool.WebSearch(Search search, Where where) -> search(search, where);
      case Tool.Hosted _ -> {}
    }
  }

  private void search(Search search, Where where) {
    search.lose(Dialect.ANTHROPIC_MESSAGES, where, losses);
    out.object().field("type", search.type(Dialect.ANTHROPIC_MESSAGES, "web_search_20250305"));
    out.field("name", MessagesTools.SEARCH);
    domains("allowed_domains", search.allowed());
    domains("blocked_domains", search.blocked());
    out.optional("max_uses", conversation.tooling().hostedCalls());
    if (search.place() != null) {
      out.object("user_location").field("type", "approximate");
      search.place().write(out);
      out.endObject();
    }
    turns.cache(search.cache());
    search.writeOwn(Dialect.ANTHROPIC_MESSAGES, out);
    out.endObject();
  }

  private void domains(String field, List<String> domains) {
    if (!domains.isEmpty()) {
      out.array(field);
      domains.forEach(out::text);
      out.endArray();
    }
  }

  private void choice(@Nullable ToolChoice asked) {
    boolean serial = Boolean.FALSE.equals(conversation.tooling().parallel());
    if (asked == null && !serial) {
      return;
    }
    ToolChoice choice = asked == null ? new ToolChoice.Auto() : asked;
    boolean idle = choice instanceof ToolChoice.Search && conversation.tooling().search() == null;
    if (idle || thoughts.budget() > 0 && forces(choice)) {
      losses.lose(Feature.TOOL_CHOICE);
      choice = new ToolChoice.Auto();
    }
    out.object("tool_choice");
    switch (choice) {
      case ToolChoice.Auto _ -> out.field("type", "auto");
      case ToolChoice.None _ -> out.field("type", "none");
      case ToolChoice.Required _ -> out.field("type", "any");
      case ToolChoice.Named named ->
          out.field("type", "tool").field("name", names.fitted(named.name()));
      case ToolChoice.Subset subset -> out.field("type", subset.required() ? "any" : "auto");
      case ToolChoice.Search _ -> out.field("type", "tool").field("name", MessagesTools.SEARCH);
    }
    if (serial && !(choice instanceof ToolChoice.None)) {
      out.field("disable_parallel_tool_use", true);
    }
    out.endObject();
  }

  private static boolean forces(ToolChoice choice) {
    return switch (choice) {
      case ToolChoice.Auto _, ToolChoice.None _ -> false;
      case ToolChoice.Required _, ToolChoice.Named _, ToolChoice.Search _ -> true;
      case ToolChoice.Subset subset -> subset.required();
    };
  }

  private void thoughts() {
    if (thoughts.type() != null) {
      out.object("thinking").field("type", thoughts.type());
      if (thoughts.budget() > 0) {
        out.field("budget_tokens", thoughts.budget());
      }
      if (thoughts.display() != null) {
        out.field("display", thoughts.display());
      }
      out.endObject();
    }
    OutputFormat.Schema schema =
        conversation.format() instanceof OutputFormat.Schema asked ? asked : null;
    if (thoughts.effort() == null && schema == null) {
      return;
    }
    out.object("output_config").optional("effort", thoughts.effort());
    if (schema != null) {
      out.object("format")
          .field("type", "json_schema")
          .field("schema", schema.schema())
          .endObject();
    }
    out.endObject();
  }

  private void sampling(Conversation.Sampling sampling) {
    if (!sampling.stops().isEmpty()) {
      out.array("stop_sequences");
      sampling.stops().forEach(out::text);
      out.endArray();
    }
    boolean free = target.traits().sampling() && !thoughts.on();
    Double temperature = sampling.temperature();
    if (temperature != null) {
      if (!free || temperature > 1) {
        losses.lose(Feature.TEMPERATURE);
      }
      if (free) {
        out.optional("temperature", Double.valueOf(Math.min(1, temperature)));
      }
    }
    if (sampling.topP() != null) {
      if (free && temperature == null) {
        out.optional("top_p", sampling.topP());
      } else {
        losses.lose(Feature.TOP_P);
      }
    }
    if (sampling.topK() != null) {
      if (free) {
        out.optional("top_k", sampling.topK());
      } else {
        losses.lose(Feature.TOP_K);
      }
    }
    lose(Feature.SEED, sampling.seed());
    lose(Feature.FREQUENCY_PENALTY, sampling.frequencyPenalty());
    lose(Feature.PRESENCE_PENALTY, sampling.presencePenalty());
    if (sampling.candidates() != null && sampling.candidates() > 1) {
      losses.lose(Feature.CANDIDATES);
    }
    if (Boolean.TRUE.equals(sampling.logprobs())) {
      losses.lose(Feature.LOGPROBS);
    }
  }

  private void labels(Conversation.Labels labels) {
    if (labels.user() != null) {
      out.object("metadata").field("user_id", labels.user()).endObject();
    }
    String tier = labels.tier();
    if (tier != null) {
      switch (tier) {
        case "auto" -> out.field("service_tier", "auto");
        case "default", "standard" -> out.field("service_tier", "standard_only");
        default -> losses.lose(Feature.TIER);
      }
    }
    if (labels.caching().wanted()) {
      Part.Cache life = labels.caching().life();
      turns.cache(life == null ? Part.Cache.USUAL : life);
    }
    lose(Feature.CACHE_RETENTION, labels.caching().retention());
    loseWanted(Feature.STORE, labels.store());
    loseWanted(Feature.PADDING, labels.padded());
    lose(Feature.MODERATION, labels.moderation());
    lose(Feature.CACHE_KEY, labels.cacheKey());
    lose(Feature.METADATA, labels.metadata());
    lose(Feature.VERBOSITY, labels.verbosity());
  }

  private void lose(Feature feature, @Nullable Object said) {
    if (said != null) {
      losses.lose(feature);
    }
  }

  private void loseWanted(Feature feature, @Nullable Boolean said) {
    if (Boolean.TRUE.equals(said)) {
      losses.lose(feature);
    }
  }
}
