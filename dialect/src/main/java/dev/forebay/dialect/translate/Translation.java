package dev.forebay.dialect.translate;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.Usage;
import dev.forebay.dialect.UsageTap;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.neutral.Answer;
import dev.forebay.dialect.neutral.Failure;
import dev.forebay.dialect.neutral.Inbound;
import dev.forebay.dialect.neutral.Loss;
import dev.forebay.dialect.neutral.Outbound;
import dev.forebay.dialect.neutral.Reply;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What became of a request.
public sealed interface Translation {

  /// The caller's request is not what its dialect takes.
  record Malformed(GatewayError.Kind kind, @Nullable String path, String message)
      implements Translation {}

  /// Something would be lost, and the caller wants none of that.
  record Refused(List<Loss> losses) implements Translation {

    /// The losses in one sentence.
    public String message() {
      StringBuilder text = new StringBuilder("The target cannot take ");
      for (int i = 0; i < losses.size(); i++) {
        Loss loss = losses.get(i);
        text.append(i == 0 ? "" : "; ").append(loss.path());
        text.append(" (").append(loss.feature().meaning()).append(')');
      }
      return text.append('.').toString();
    }
  }

  /// The request in the target's dialect, and the way back. *Immutable*; stream translators are
  /// confined to their exchange.
  final class Translated implements Translation {

    private final Dialect client;
    private final Inbound inbound;
    private final Outbound outbound;
    private final Outbound.Sent sent;
    private final Slice body;
    private final List<Loss> losses;
    private final Reply reply;

    Translated(
        Dialect client,
        Inbound inbound,
        Outbound outbound,
        Outbound.Sent sent,
        Slice body,
        List<Loss> losses,
        Reply reply) {
      this.client = client;
      this.inbound = inbound;
      this.outbound = outbound;
      this.sent = sent;
      this.body = body;
      this.losses = losses;
      this.reply = reply;
    }

    public Slice body() {
      return body;
    }

    /// Path and query at the provider.
    public String path() {
      return sent.path();
    }

    /// Headers that go with the body, names in lower case.
    public Map<String, String> headers() {
      return sent.headers();
    }

    public List<Loss> losses() {
      return losses;
    }

    public boolean stream() {
      return reply.request().stream();
    }

    /// What is asked of the provider: decides how its answer is to be read.
    public Operation operation() {
      return switch (reply.target().dialect()) {
        case OPENAI_CHAT -> Operation.CHAT_COMPLETIONS;
        case OPENAI_RESPONSES -> Operation.RESPONSES;
        case ANTHROPIC_MESSAGES -> Operation.MESSAGES;
        case GEMINI_GENERATE ->
            stream() ? Operation.STREAM_GENERATE_CONTENT : Operation.GENERATE_CONTENT;
      };
    }

    /// Turns a whole answer over.
    public Answered answer(Slice answer) {
      UsageTap tap = UsageTap.of(operation());
      tap.feed(answer.array(), answer.offset(), answer.length());
      Usage usage = tap.end();
      try {
        Answer read = Freeform.unwrapped(outbound.read(answer, reply.target(), usage), reply);
        JsonWriter out = new JsonWriter(answer.length() + 512);
        inbound.write(read, reply, out);
        return new Answered.Whole(out.take(), usage, tap.resourceId());
      } catch (Fault fault) {
        return new Answered.Unreadable(fault.message());
      }
    }

    /// Turns a refusal over, given the provider's status and body.
    public Answered.Refusal failure(int status, Slice error, String requestId) {
      Failure failure = FailureReader.read(status, error);
      return Failed.write(client, failure, requestId);
    }

    /// For one stream of the provider.
    public StreamTranslator translator() {
      JsonWriter out = new JsonWriter(512);
      return new StreamTranslator(
          operation(),
          outbound.stream(reply.target()),
          inbound.stream(reply, out),
          Freeform.stream(reply),
          out);
    }
  }
}
