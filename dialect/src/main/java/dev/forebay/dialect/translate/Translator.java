package dev.forebay.dialect.translate;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.chat.ChatInbound;
import dev.forebay.dialect.chat.ChatOutbound;
import dev.forebay.dialect.gemini.GeminiInbound;
import dev.forebay.dialect.gemini.GeminiOutbound;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.messages.MessagesInbound;
import dev.forebay.dialect.messages.MessagesOutbound;
import dev.forebay.dialect.neutral.Conversation;
import dev.forebay.dialect.neutral.Inbound;
import dev.forebay.dialect.neutral.Losses;
import dev.forebay.dialect.neutral.Outbound;
import dev.forebay.dialect.neutral.Reply;
import dev.forebay.dialect.neutral.Target;
import dev.forebay.dialect.responses.ResponsesInbound;
import dev.forebay.dialect.responses.ResponsesOutbound;

/// Translates requests of one client dialect for one target. *Thread-safe.*
///
/// A request that stays in its dialect needs no translation: its bytes pass.
public final class Translator {

  private final Dialect client;
  private final Inbound inbound;
  private final Target target;
  private final Outbound outbound;

  private Translator(Dialect client, Target target) {
    this.client = client;
    this.inbound = inbound(client);
    this.target = target;
    this.outbound = outbound(target.dialect());
  }

  public static Translator of(Dialect client, Target target) {
    return new Translator(client, target);
  }

  private static Inbound inbound(Dialect dialect) {
    return switch (dialect) {
      case OPENAI_CHAT -> new ChatInbound();
      case ANTHROPIC_MESSAGES -> new MessagesInbound();
      case GEMINI_GENERATE -> new GeminiInbound();
      case OPENAI_RESPONSES -> new ResponsesInbound();
    };
  }

  static Outbound outbound(Dialect dialect) {
    return switch (dialect) {
      case OPENAI_CHAT -> new ChatOutbound();
      case ANTHROPIC_MESSAGES -> new MessagesOutbound();
      case GEMINI_GENERATE -> new GeminiOutbound();
      case OPENAI_RESPONSES -> new ResponsesOutbound();
    };
  }

  /// Turns one request over.
  public Translation request(Slice body, Options options) {
    Losses losses = new Losses(client);
    Conversation conversation;
    try {
      conversation =
          inbound.read(body, new Inbound.Ask(options.pathModel(), options.pathStream()), losses);
    } catch (Fault fault) {
      return new Translation.Malformed(fault.kind(), fault.path(), fault.message());
    }
    JsonWriter out = new JsonWriter(body.length() + body.length() / 8 + 512);
    Outbound.Sent sent = outbound.write(conversation, target, losses, out);
    if (options.strict() && !losses.all().isEmpty()) {
      return new Translation.Refused(losses.all());
    }
    Reply reply =
        new Reply(
            conversation,
            body,
            target,
            options.requestId(),
            options.epochSeconds(),
            options.inputTokens(),
            options.serverSentEvents(),
            options.callsSigned(),
            sent.toolNames());
    return new Translation.Translated(
        client, inbound, outbound, sent, out.done(), losses.all(), reply);
  }

  /// Turns a refusal over, given the provider's status and body; 200 for an error inside a stream.
  public Answered.Refusal failure(int status, Slice error, String requestId) {
    return Failed.write(client, FailureReader.read(status, error), requestId);
  }

  /// What a translation needs beside the body. *Immutable.*
  ///
  /// @param strict whether a loss is a refusal
  /// @param pathModel the model in the path (Gemini); empty when the body names it
  /// @param pathStream whether the path asks for a stream (Gemini)
  /// @param serverSentEvents whether a stream goes out as events; else (Gemini) as a JSON array
  /// @param callsSigned see [Reply]
  /// @param requestId for answers whose provider gives them no id
  /// @param epochSeconds when the request came
  /// @param inputTokens estimate of the input
  public record Options(
      boolean strict,
      String pathModel,
      boolean pathStream,
      boolean serverSentEvents,
      boolean callsSigned,
      String requestId,
      long epochSeconds,
      long inputTokens) {

    /// For dialects whose path says nothing.
    public static Options of(String requestId, long epochSeconds) {
      return new Options(false, "", false, true, false, requestId, epochSeconds, 0);
    }

    public Options strictly() {
      return new Options(
          true,
          pathModel,
          pathStream,
          serverSentEvents,
          callsSigned,
          requestId,
          epochSeconds,
          inputTokens);
    }

    /// For Gemini, whose path names the model.
    public Options withPath(String model, boolean stream, boolean sse) {
      return new Options(
          strict, model, stream, sse, callsSigned, requestId, epochSeconds, inputTokens);
    }

    public Options withInputTokens(long estimate) {
      return new Options(
          strict,
          pathModel,
          pathStream,
          serverSentEvents,
          callsSigned,
          requestId,
          epochSeconds,
          estimate);
    }

    /// For clients of Gemini's OpenAI-compatible paths.
    public Options withSignedCalls() {
      return new Options(
          strict,
          pathModel,
          pathStream,
          serverSentEvents,
          true,
          requestId,
          epochSeconds,
          inputTokens);
    }
  }
}
