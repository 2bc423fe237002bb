package dev.forebay.dialect.neutral;

import dev.forebay.dialect.Slice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One request for an answer, in no dialect. *Immutable* once drafted.
///
/// @param model as the caller named it
/// @param usageAsked the caller wants the usage at the end of a stream
/// @param turns in order; system turns stand where they were said
/// @param detail how closely to look at what is shown, where that does not say so itself; as in
///   [Part.Media]
public record Conversation(
    String model,
    boolean stream,
    boolean usageAsked,
    List<Turn> turns,
    Tooling tooling,
    Sampling sampling,
    Thinking thinking,
    @Nullable OutputFormat format,
    Rendering rendering,
    @Nullable String detail,
    Labels labels) {

  /// The tools and how they may be used.
  ///
  /// @param parallel whether several calls in one answer are welcome; null when not said
  /// @param hostedCalls the most calls of tools that run at the provider; null when not said
  public record Tooling(
      List<Tool> tools,
      @Nullable ToolChoice choice,
      @Nullable Boolean parallel,
      @Nullable Long hostedCalls) {

    /// The first tool that searches the web; null when there is none.
    public @Nullable Search search() {
      for (Tool tool : tools) {
        if (tool instanceof Tool.WebSearch found) {
          return found.search();
        }
      }
      return null;
    }
  }

  /// How the answer is drawn. Null is *not said*.
  ///
  /// @param cap most output tokens
  /// @param candidates how many answers
  /// @param topLogprobs how many alternatives per token; needs `logprobs`
  public record Sampling(
      @Nullable Long cap,
      @Nullable Double temperature,
      @Nullable Double topP,
      @Nullable Long topK,
      @Nullable Long seed,
      @Nullable Double frequencyPenalty,
      @Nullable Double presencePenalty,
      @Nullable Long candidates,
      @Nullable Boolean logprobs,
      @Nullable Long topLogprobs,
      List<String> stops) {}

  /// How much the model may think beforehand. Null is *not said*.
  ///
  /// @param effort in words
  /// @param budget in tokens, where the dialect counts; -1 leaves it to the model
  /// @param shown whether the caller wants to read it
  public record Thinking(@Nullable Effort effort, @Nullable Long budget, @Nullable Boolean shown) {

    /// Whether the caller has switched thinking off.
    public boolean off() {
      return effort == Effort.NONE || budget != null && budget == 0;
    }

    public boolean said() {
      return effort != null || budget != null || shown != null;
    }
  }

  /// What is said about the request and not to the model. Null is *not said*.
  ///
  /// @param metadata a JSON object of strings
  /// @param tier the service tier, one of the words all providers know: `auto`, `default`, `flex`,
  ///   `priority`
  /// @param store whether the provider keeps the answer
  /// @param padded whether the events of a stream are padded, so that their lengths tell nothing
  /// @param moderation what moderation is to look at, as JSON
  public record Labels(
      @Nullable String user,
      @Nullable String cacheKey,
      @Nullable Slice metadata,
      @Nullable String tier,
      @Nullable String verbosity,
      @Nullable Boolean store,
      @Nullable Boolean padded,
      @Nullable Slice moderation,
      Caching caching) {}

  /// What the provider's prompt cache does by itself. Null is *not said*.
  ///
  /// @param automatic whether the latest message is marked without a word
  /// @param life how long what is marked stays, where the mark does not say
  /// @param retention the older word for it, which only OpenAI knows
  public record Caching(
      @Nullable Boolean automatic, Part.@Nullable Cache life, @Nullable String retention) {

    /// Whether the mark of the latest message is wanted.
    public boolean wanted() {
      return automatic == null ? life != null : automatic;
    }
  }

  /// A conversation being read. *Confined to one call.*
  public static final class Draft {
    public String model = "";
    public boolean stream;
    public boolean usageAsked;
    public final List<Turn> turns = new ArrayList<>();
    public final List<Tool> tools = new ArrayList<>();
    public @Nullable ToolChoice choice;
    public @Nullable Boolean parallel;
    public @Nullable Long hostedCalls;
    public @Nullable Long cap;
    public @Nullable Double temperature;
    public @Nullable Double topP;
    public @Nullable Long topK;
    public @Nullable Long seed;
    public @Nullable Double frequencyPenalty;
    public @Nullable Double presencePenalty;
    public @Nullable Long candidates;
    public @Nullable Boolean logprobs;
    public @Nullable Long topLogprobs;
    public List<String> stops = List.of();
    public @Nullable Effort effort;
    public @Nullable Long budget;
    public @Nullable Boolean shown;
    public @Nullable OutputFormat format;
    public Rendering rendering = Rendering.UNSAID;
    public @Nullable String detail;
    public @Nullable String user;
    public @Nullable String cacheKey;
    public @Nullable Slice metadata;
    public @Nullable String tier;
    public @Nullable String verbosity;
    public @Nullable Boolean store;
    public @Nullable Boolean padded;
    public @Nullable Slice moderation;
    public @Nullable Boolean cachesItself;
    public Part.@Nullable Cache cacheLife;
    public @Nullable String cacheRetention;

    public Conversation done() {
      return new Conversation(
          model,
          stream,
          usageAsked,
          List.copyOf(turns),
          new Tooling(List.copyOf(tools), choice, parallel, hostedCalls),
          new Sampling(
              cap,
              temperature,
              topP,
              topK,
              seed,
              frequencyPenalty,
              presencePenalty,
              candidates,
              logprobs,
              topLogprobs,
              stops),
          new Thinking(effort, budget, shown),
          format,
          rendering,
          detail,
          new Labels(
              user,
              cacheKey,
              metadata,
              tier,
              verbosity,
              store,
              padded,
              moderation,
              new Caching(cachesItself, cacheLife, cacheRetention)));
    }
  }
}
