package dev.forebay.exchange;

import dev.forebay.dialect.AnswerStream;
import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.neutral.Feature;
import dev.forebay.dialect.neutral.Loss;
import dev.forebay.dialect.neutral.Traits;
import dev.forebay.dialect.translate.Answered;
import dev.forebay.dialect.translate.TokenCount;
import dev.forebay.dialect.translate.Translation;
import dev.forebay.dialect.translate.Translator;
import dev.forebay.secrets.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request that goes to another provider than its dialect's, in that provider's words.
///
/// It is translated once per limit group: reasoning that one group sealed does not go to another.
/// Confined to the exchange.
final class Translated extends Outgoing {

  /// A larger whole answer is not translated: it has to be in memory.
  static final int LARGEST = 64 << 20;

  /// Enough to tell groups apart.
  private static final int GROUP_DIGITS = 12;

  private static final int LONGEST_LOSSES = 1_000;

  private final boolean strict;
  private final long epochSeconds;
  private final Dialect client;

  /// Whose words they are; of OpenAI's two dialects the other when what is asked needs it.
  private dev.forebay.dialect.neutral.Target words;

  private String group = "";
  private Translator translator;
  private Translation.@Nullable Translated translation;
  private String path = "";
  private List<String> headers = List.of();
  private List<Slice> body = List.of();
  private List<Loss> losses = List.of();

  /// @param epochSeconds when the answer begins
  Translated(Incoming incoming, Target target, boolean strict, long epochSeconds) {
    super(incoming, target);
    this.strict = strict;
    this.epochSeconds = epochSeconds;
    this.client = incoming.operation.dialect();
    this.words = words(incoming, target);
    this.translator = Translator.of(client, words);
  }

  private static dev.forebay.dialect.neutral.Target words(Incoming incoming, Target target) {
    Traits traits = Traits.of(target.provider(), target.model());
    Dialect dialect =
        switch (target.provider()) {
          case ANTHROPIC -> Dialect.ANTHROPIC_MESSAGES;
          case GEMINI -> Dialect.GEMINI_GENERATE;
          // Only responses take a model's reasoning back; what does not reason has more options in
          // chat completions, and some models that search the web are found there alone.
          case OPENAI ->
              traits.thinking() == Traits.Style.NONE && !incoming.operation.countsTokens()
                  ? Dialect.OPENAI_CHAT
                  : Dialect.OPENAI_RESPONSES;
        };
    long most = incoming.directory().capacity(target).maxOutput();
    if (most > 0) {
      traits = traits.withMostOutput(most);
    }
    return new dev.forebay.dialect.neutral.Target(
        target.provider(), dialect, target.model(), null, traits);
  }

  @Override
  Operation operation() {
    if (incoming.operation.countsTokens()) {
      return switch (target.provider()) {
        case ANTHROPIC -> Operation.COUNT_TOKENS;
        case OPENAI -> Operation.RESPONSE_INPUT_TOKENS;
        case GEMINI -> Operation.GEMINI_COUNT_TOKENS;
      };
    }
    return switch (words.dialect()) {
      case ANTHROPIC_MESSAGES -> Operation.MESSAGES;
      case OPENAI_CHAT -> Operation.CHAT_COMPLETIONS;
      case OPENAI_RESPONSES -> Operation.RESPONSES;
      case GEMINI_GENERATE ->
          incoming.stream() ? Operation.STREAM_GENERATE_CONTENT : Operation.GENERATE_CONTENT;
    };
  }

  @Override
  @Nullable Obstacle prepare(String limitGroup) {
    if (limitGroup.equals(group)) {
      return null;
    }
    group = limitGroup;
    dev.forebay.dialect.neutral.Target here =
        words.withGroup(Digest.sha256(limitGroup).substring(0, GROUP_DIGITS));
    translator = Translator.of(client, here);
    if (incoming.operation.countsTokens()) {
      return count(here);
    }
    Translation made = translator.request(incoming.body(), options());
    if (losesSearch(made)) {
      // Models of chat completions do not search the web, but for those made for it; the same ones
      // do when they are asked for a response.
      words = inResponses(words);
      translator = Translator.of(client, inResponses(here));
      made = translator.request(incoming.body(), options());
    }
    return taken(made);
  }

  private boolean losesSearch(Translation made) {
    if (words.dialect() != Dialect.OPENAI_CHAT || Traits.searches(words.model())) {
      return false;
    }
    List<Loss> lost =
        switch (made) {
          case Translation.Translated whole -> whole.losses();
          case Translation.Refused refused -> refused.losses();
          case Translation.Malformed _ -> List.of();
        };
    return lost.stream().anyMatch(loss -> loss.feature() == Feature.WEB_SEARCH);
  }

  private static dev.forebay.dialect.neutral.Target inResponses(
      dev.forebay.dialect.neutral.Target target) {
    return new dev.forebay.dialect.neutral.Target(
        target.provider(),
        Dialect.OPENAI_RESPONSES,
        target.model(),
        target.group(),
        target.traits());
  }

  private Translator.Options options() {
    ClientRequest request = incoming.request;
    String pathModel = request.endpoint().model();
    Translator.Options options =
        Translator.Options.of(request.id(), epochSeconds)
            .withPath(
                pathModel == null ? "" : pathModel,
                incoming.operation == Operation.STREAM_GENERATE_CONTENT,
                request.endpoint().sse() || incoming.operation != Operation.STREAM_GENERATE_CONTENT)
            .withInputTokens(incoming.head.inputTokens());
    if (incoming.operation == Operation.GEMINI_CHAT_COMPLETIONS) {
      options = options.withSignedCalls();
    }
    return strict ? options.strictly() : options;
  }

  private @Nullable Obstacle taken(Translation made) {
    return switch (made) {
      case Translation.Translated whole -> {
        translation = whole;
        losses = whole.losses();
        take(whole.path(), whole.headers(), whole.body());
        yield vital();
      }
      case Translation.Refused refused ->
          Obstacle.here(
              "Strict translation to " + target + " is not possible. " + refused.message());
      case Translation.Malformed(GatewayError.Kind kind, String _, String message) ->
          Obstacle.everywhere(kind, message);
    };
  }

  private @Nullable Obstacle count(dev.forebay.dialect.neutral.Target here) {
    return switch (TokenCount.request(client, here, incoming.body(), options())) {
      case TokenCount.Asked(String asked, Map<String, String> own, Slice counted) -> {
        take(asked, own, counted);
        yield null;
      }
      case TokenCount.Malformed(GatewayError.Kind kind, String _, String message) ->
          Obstacle.everywhere(kind, message);
    };
  }

  /// What may not be left out without asking another question.
  private @Nullable Obstacle vital() {
    for (Loss loss : losses) {
      if (loss.feature().isVital()) {
        return Obstacle.here(
            target + " cannot take " + loss.feature().meaning() + " (" + loss.path() + ").");
      }
    }
    return null;
  }

  private void take(String itsPath, Map<String, String> own, Slice translated) {
    path = itsPath;
    body = List.of(translated);
    List<String> all = new ArrayList<>(10);
    all.add("content-type");
    all.add("application/json");
    all.add("accept-encoding");
    all.add("identity");
    String agent = incoming.request.headers().get("user-agent");
    if (agent != null) {
      all.add("user-agent");
      all.add(agent);
    }
    own.forEach((name, value) -> {
      all.add(name);
      all.add(value);
    });
    headers = all;
  }

  @Override
  String path() {
    return path;
  }

  @Override
  List<String> headers() {
    return headers;
  }

  @Override
  List<Slice> body() {
    return body;
  }

  @Override
  void body(List<Slice> edited) {
    body = edited;
  }

  private Translation.Translated translation() {
    Translation.Translated whole = translation;
    if (whole == null) {
      throw new IllegalStateException("nothing was translated (expected: after prepare)");
    }
    return whole;
  }

  @Override
  AnswerStream stream() {
    return translation().translator();
  }

  @Override
  boolean serverSentEvents() {
    return true;
  }

  @Override
  boolean passes() {
    return false;
  }

  @Override
  @Nullable List<Slice> answer(List<Slice> provided) {
    Slice whole = Slice.joined(provided);
    if (incoming.operation.countsTokens()) {
      byte[] counted = TokenCount.answer(client, whole);
      return counted == null ? null : List.of(Slice.of(counted));
    }
    return switch (translation().answer(whole)) {
      case Answered.Whole answered -> List.of(Slice.of(answered.body()));
      case Answered.Unreadable _ -> null;
    };
  }

  @Override
  Told refusal(Refusal refusal) {
    Slice said =
        refusal.streamError() == null ? Slice.of(refusal.bodyBytes()) : refusal.streamError();
    Answered.Refusal told = translator.failure(refusal.status(), said, incoming.request.id());
    byte[] bytes = told.body();
    if (AnswerHeaders.asArray(incoming.request.endpoint())) {
      byte[] array = new byte[bytes.length + 2];
      array[0] = '[';
      System.arraycopy(bytes, 0, array, 1, bytes.length);
      array[array.length - 1] = ']';
      bytes = array;
    }
    return new Told(told.status(), List.of(Slice.of(bytes)), bytes.length);
  }

  @Override
  List<Loss> lost() {
    return losses;
  }

  @Override
  @Nullable String losses() {
    if (losses.isEmpty()) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    for (Loss loss : losses) {
      if (text.length() > LONGEST_LOSSES) {
        return text.append("; …").toString();
      }
      text.append(text.isEmpty() ? "" : "; ").append(loss.what());
    }
    return text.toString();
  }

  @Override
  boolean leavesResource() {
    return false;
  }
}
