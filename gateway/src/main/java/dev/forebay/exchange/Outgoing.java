package dev.forebay.exchange;

import dev.forebay.dialect.AnswerStream;
import dev.forebay.dialect.BodyEdits;
import dev.forebay.dialect.ForeignReasoning;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.PromptPrefix;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.SliceInputStream;
import dev.forebay.dialect.neutral.Loss;
import dev.forebay.secrets.Secret;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A client's request as it goes to one target, and the way back for the answer: in the client's
/// own bytes ([Verbatim], and [Listed] for models) or in the target's dialect ([Translated]).
///
/// Confined to the exchange.
abstract sealed class Outgoing permits Verbatim, Listed, Translated {

  final Incoming incoming;
  final Target target;
  private boolean stripped;

  Outgoing(Incoming incoming, Target target) {
    this.incoming = incoming;
    this.target = target;
  }

  /// What is asked of the provider.
  abstract Operation operation();

  /// Makes the request fit for a limit group; what keeps this target from taking it, or null.
  abstract @Nullable Obstacle prepare(String group);

  abstract String path();

  /// Names and values in turn, without the credential.
  abstract List<String> headers();

  abstract List<Slice> body();

  abstract void body(List<Slice> edited);

  /// Whether a stream of the provider comes as events; else (Gemini) as a JSON array.
  abstract boolean serverSentEvents();

  /// A reader for one stream of the provider.
  abstract AnswerStream stream();

  /// Whether the provider's own bytes go to the client.
  abstract boolean passes();

  /// A whole answer as the client gets it; null when it cannot be read.
  abstract @Nullable List<Slice> answer(List<Slice> provided);

  /// The provider's error as the client gets it.
  abstract Told refusal(Refusal refusal);

  /// What the translation could not carry.
  abstract List<Loss> lost();

  /// What the translation could not carry, in one line; null when nothing.
  abstract @Nullable String losses();

  /// Whether the answer creates or continues something that only one account holds.
  abstract boolean leavesResource();

  /// An error that is told.
  record Told(int status, List<Slice> body, long length) {}

  /// The request for one key, with what it shows now.
  final UpstreamRequest to(UpstreamKey key, Secret presented) {
    List<String> headers = headers();
    List<String> all = new ArrayList<>(headers.size() + 4);
    all.addAll(headers);
    key.credential().addTo(all, operation(), presented);
    List<Slice> body = keyed(key.origin());
    return new UpstreamRequest(
        key.origin(),
        incoming.request.method(),
        key.origin().prefix() + path(),
        all,
        body,
        length(body),
        incoming.directory().limits());
  }

  /// The body, named for the provider's prompt cache where that finds it by name.
  private List<Slice> keyed(Origin origin) {
    Operation asked = operation();
    if ((asked != Operation.CHAT_COMPLETIONS && asked != Operation.RESPONSES)
        || !incoming.directory().cacheKeys().reach(origin)) {
      return body();
    }
    String key = incoming.cacheKey();
    return key == null
        ? body()
        : BodyEdits.apply(
            body(),
            List.of(PromptPrefix.keyedBy(key, passes() ? incoming.head.prefix().splice() : 1)));
  }

  /// Takes the reasoning of another account out of the conversation; false when there is none, or
  /// when it has been done before.
  final boolean strip() {
    if (stripped) {
      return false;
    }
    stripped = true;
    List<BodyEdits.Edit> edits = ForeignReasoning.edits(operation(), new SliceInputStream(body()));
    if (edits == null) {
      return false;
    }
    body(BodyEdits.apply(body(), edits));
    return true;
  }

  static long length(List<Slice> slices) {
    long sum = 0;
    for (int i = 0; i < slices.size(); i++) {
      sum += slices.get(i).length();
    }
    return sum;
  }
}
