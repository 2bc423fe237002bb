package dev.forebay.bench;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.Provider;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.StreamTap;
import dev.forebay.dialect.neutral.Target;
import dev.forebay.dialect.translate.StreamTranslator;
import dev.forebay.dialect.translate.Translation;
import dev.forebay.dialect.translate.Translator;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/// Turning a request of twenty kilobytes over, and the events of a stream back.
///
/// The request is a coding agent's: instructions, tools with schemas, and turns with calls and
/// their results.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TranslateBenchmark {

  private static final int EVENTS = 200;
  private static final int REQUEST = 20_000;
  private static final Translator.Options OPTIONS = Translator.Options.of("req", 1_800_000_000L);

  /// From Anthropic messages to each of the others.
  @Param({"OPENAI_CHAT", "OPENAI_RESPONSES", "GEMINI_GENERATE"})
  public Dialect dialect = Dialect.OPENAI_CHAT;

  private Translator translator =
      Translator.of(Dialect.ANTHROPIC_MESSAGES, target(Dialect.OPENAI_CHAT));
  private Slice request = Slice.of(new byte[0]);
  private Translation.Translated translated = translated();
  private byte[] stream = {};

  private static Target target(Dialect dialect) {
    return switch (dialect) {
      case OPENAI_CHAT, OPENAI_RESPONSES -> Target.of(Provider.OPENAI, dialect, "gpt-6-sol");
      case ANTHROPIC_MESSAGES -> Target.of(Provider.ANTHROPIC, dialect, "claude-opus-5-5");
      case GEMINI_GENERATE -> Target.of(Provider.GEMINI, dialect, "gemini-3.1-pro-preview");
    };
  }

  @Setup
  public void build() {
    translator = Translator.of(Dialect.ANTHROPIC_MESSAGES, target(dialect));
    request = Slice.of(requestBody(REQUEST));
    translated = translated();
    stream = streamOf(dialect);
  }

  private Translation.Translated translated() {
    Slice body = request.length() == 0 ? Slice.of(requestBody(REQUEST)) : request;
    if (translator.request(body, OPTIONS) instanceof Translation.Translated done) {
      return done;
    }
    throw new IllegalStateException("the request is well-formed, but was not translated");
  }

  /// A body of at least that size.
  static byte[] requestBody(int bytes) {
    StringBuilder body =
        new StringBuilder(
            "{\"model\":\"claude-opus-5-5\",\"max_tokens\":32000,\"stream\":true,\"system\":[{\"type\":\"text\","
                + "\"text\":\"You are a careful engineer. Answer briefly.\",\"cache_control\":{\"type\":\"ephemeral\"}}],"
                + "\"tools\":[");
    for (int i = 0; i < 8; i++) {
      body.append(i == 0 ? "" : ",").append("{\"name\":\"tool_").append(i);
      body.append("\",\"description\":\"Does one thing to a file, and tells what came of it.\"");
      body.append(
          ",\"input_schema\":{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\"},");
      body.append(
          "\"lines\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}},\"required\":[\"path\"]}}");
    }
    body.append("],\"messages\":[{\"role\":\"user\",\"content\":\"Mend the build.\"}");
    for (int i = 0; body.length() < bytes; i++) {
      body.append(
          ",{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"I look at the next file.\"},");
      body.append("{\"type\":\"tool_use\",\"id\":\"toolu_").append(i);
      body.append(
          "\",\"name\":\"tool_1\",\"input\":{\"path\":\"src/Main.java\",\"lines\":[1,20]}}]},");
      body.append(
              "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_")
          .append(i);
      body.append("\",\"content\":\"");
      body.append("  if (a < b) {\\n    return \\\"less\\\"; // naïve\\n  }\\n".repeat(12))
          .append("\"}]}");
    }
    return body.append("]}").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] streamOf(Dialect dialect) {
    StringBuilder events = new StringBuilder();
    if (dialect == Dialect.OPENAI_RESPONSES) {
      events.append(
          "event: response.created\ndata: {\"type\":\"response.created\",\"sequence_number\":0,"
              + "\"response\":{\"id\":\"resp_1\",\"model\":\"gpt-6-sol\",\"status\":\"in_progress\"}}\n\n");
    }
    for (int i = 0; i < EVENTS; i++) {
      events.append(
          switch (dialect) {
            case OPENAI_CHAT ->
                "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-6-sol\","
                    + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\" word\"},\"logprobs\":null,"
                    + "\"finish_reason\":null}],\"usage\":null,\"obfuscation\":\"aBcDeF\"}\n\n";
            case OPENAI_RESPONSES ->
                "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\","
                    + "\"sequence_number\":"
                    + i
                    + ",\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,"
                    + "\"delta\":\" word\",\"logprobs\":[],\"obfuscation\":\"aBcDeF\"}\n\n";
            case GEMINI_GENERATE ->
                "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\" word\"}],\"role\":\"model\"},\"index\":0}],"
                    + "\"usageMetadata\":{\"promptTokenCount\":9,\"candidatesTokenCount\":"
                    + i
                    + ",\"totalTokenCount\":"
                    + (i + 9)
                    + "},\"modelVersion\":\"gemini-3.1-pro-preview\","
                    + "\"responseId\":\"r1\"}\r\n\r\n";
            case ANTHROPIC_MESSAGES ->
                "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
                    + "\"delta\":{\"type\":\"text_delta\",\"text\":\" word\"}}\n\n";
          });
    }
    return events.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Benchmark
  public Translation request() {
    return translator.request(request, OPTIONS);
  }

  /// One event; each comes in a chunk of its own, as networks bring them.
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public StreamTap.Signal event(Blackhole sink) {
    StreamTranslator translator = translated.translator();
    StreamTap.Signal signal = StreamTap.Signal.PREAMBLE;
    int size = stream.length / EVENTS;
    for (int from = 0; from < stream.length; from += size) {
      signal =
          translator.feed(
              stream,
              from,
              Math.min(size, stream.length - from),
              (array, offset, length) -> sink.consume(array));
    }
    return signal;
  }
}
