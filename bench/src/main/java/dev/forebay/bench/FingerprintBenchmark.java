package dev.forebay.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.forebay.dialect.HeadScan;
import dev.forebay.dialect.HeadScanner;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Slice;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What knowing a conversation costs: the scan of one body with its fingerprint, and without it.
///
/// A request to count tokens has the same body and is read the same way, but for the fingerprint.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(3)
public class FingerprintBenchmark {

  private static final int PIECE = 8192;

  /// A question with a short system prompt, and a turn of an agent with its tools and its long one.
  @Param({"question", "agent"})
  public String request = "";

  @Param({"whole", "pieces"})
  public String body = "";

  private List<Slice> slices = List.of();

  @Setup
  public void build() {
    byte[] bytes = (request.equals("agent") ? agent() : question()).getBytes(US_ASCII);
    int piece = body.equals("whole") ? bytes.length : PIECE;
    slices =
        IntStream.iterate(0, from -> from < bytes.length, from -> from + piece)
            .mapToObj(from -> new Slice(bytes, from, Math.min(piece, bytes.length - from)))
            .toList();
  }

  private static String question() {
    return head() + "\"system\":\"" + prose(600) + "\",\"messages\":[" + turn("user", 900) + "]}";
  }

  private static String agent() {
    String tools =
        IntStream.range(0, 16)
            .mapToObj(i ->
                "{\"name\":\"tool_%d\",\"description\":\"%s\",\"input_schema\":{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\"}}}}"
                    .formatted(i, prose(700)))
            .collect(Collectors.joining(","));
    String turns =
        IntStream.range(0, 12)
            .mapToObj(i -> turn(i % 2 == 0 ? "user" : "assistant", 800))
            .collect(Collectors.joining(","));
    return head()
        + "\"system\":[{\"type\":\"text\",\"text\":\""
        + prose(9_000)
        + "\",\"cache_control\":{\"type\":\"ephemeral\"}}],\"tools\":["
        + tools
        + "],\"messages\":["
        + turns
        + "]}";
  }

  private static String head() {
    return "{\"model\":\"claude-opus-5-5\",\"max_tokens\":8192,\"stream\":true,"
        + "\"metadata\":{\"user_id\":\"user_4f1d2c_account__session_0b9e\"},";
  }

  private static String turn(String role, int size) {
    return "{\"role\":\"" + role + "\",\"content\":\"" + prose(size) + "\"}";
  }

  private static String prose(int size) {
    String words = "the forebay holds what the turbines draw and many streams fill it again ";
    return words.repeat(size / words.length() + 1).substring(0, size);
  }

  @Benchmark
  public HeadScan known() {
    return HeadScanner.scan(Operation.MESSAGES, "application/json", slices, null, false);
  }

  @Benchmark
  public HeadScan unknown() {
    return HeadScanner.scan(Operation.COUNT_TOKENS, "application/json", slices, null, false);
  }
}
