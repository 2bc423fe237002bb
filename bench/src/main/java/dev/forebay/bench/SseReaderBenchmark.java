package dev.forebay.bench;

import dev.forebay.bench.compare.Shape;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.SseReader;
import dev.forebay.dialect.StreamTap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Cutting a stream into events, and following what they mean; the score is per event.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(SseReaderBenchmark.EVENTS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SseReaderBenchmark {

  static final int EVENTS = 200;

  @Param({"OPENAI", "ANTHROPIC"})
  public Shape shape = Shape.OPENAI;

  /// Bytes per chunk: 0 for one event a chunk, as a paced stream brings them; else cut anywhere.
  @Param({"0", "1000"})
  public int chunkBytes;

  private final Counting counting = new Counting();
  private List<byte[]> chunks = List.of();
  private SseReader reader = new SseReader(SseReader.LONGEST_EVENT);

  @Setup(Level.Iteration)
  public void build() {
    reader = new SseReader(SseReader.LONGEST_EVENT);
    List<String> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      events.add(shape.event(" word-" + i));
    }
    if (chunkBytes == 0) {
      chunks = events.stream().map(event -> event.getBytes(StandardCharsets.UTF_8)).toList();
      return;
    }
    byte[] all = String.join("", events).getBytes(StandardCharsets.UTF_8);
    List<byte[]> cut = new ArrayList<>();
    for (int from = 0; from < all.length; from += chunkBytes) {
      cut.add(Arrays.copyOfRange(all, from, Math.min(all.length, from + chunkBytes)));
    }
    chunks = cut;
  }

  @Benchmark
  public long read() {
    for (int i = 0; i < chunks.size(); i++) {
      byte[] chunk = chunks.get(i);
      reader.feed(chunk, 0, chunk.length, counting);
    }
    return counting.bytes;
  }

  @Benchmark
  public long follow() {
    Operation operation =
        shape == Shape.ANTHROPIC ? Operation.MESSAGES : Operation.CHAT_COMPLETIONS;
    StreamTap tap = StreamTap.of(operation, true, true);
    for (int i = 0; i < chunks.size(); i++) {
      byte[] chunk = chunks.get(i);
      tap.feed(chunk, 0, chunk.length, counting);
    }
    return counting.bytes;
  }

  /// Adds up what comes out.
  private static final class Counting implements SseReader.Sink, StreamTap.Out {

    private long bytes;

    @Override
    public void event(byte[] array, int from, int to, int lines) {
      bytes += to - from;
    }

    @Override
    public void lineFeed(byte[] array, int from, int to) {
      bytes += to - from;
    }

    @Override
    public void write(byte[] array, int offset, int length) {
      bytes += length;
    }
  }
}
