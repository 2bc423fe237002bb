package dev.forebay.bench;

import dev.forebay.bench.compare.Shape;
import dev.forebay.dialect.HeadScan;
import dev.forebay.dialect.HeadScanner;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Slice;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/// Reading the head out of a request body, in one piece and in the pieces a network brings.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class HeadScanBenchmark {

  private static final int PIECE = 8192;

  @Param({"2048", "204800"})
  public int bytes;

  private List<Slice> whole = List.of();
  private List<Slice> pieces = List.of();

  @Setup
  public void build() {
    byte[] body = Shape.OPENAI.requestBody("gpt-6", true, bytes);
    whole = List.of(new Slice(body, 0, body.length));
    pieces =
        IntStream.iterate(0, from -> from < body.length, from -> from + PIECE)
            .mapToObj(from -> new Slice(body, from, Math.min(PIECE, body.length - from)))
            .toList();
  }

  @Benchmark
  public HeadScan whole() {
    return HeadScanner.scan(Operation.CHAT_COMPLETIONS, "application/json", whole, null, false);
  }

  @Benchmark
  public HeadScan pieces() {
    return HeadScanner.scan(Operation.CHAT_COMPLETIONS, "application/json", pieces, null, false);
  }
}
