package dev.forebay.bench;

import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Usage;
import dev.forebay.exchange.AttemptReport;
import dev.forebay.exchange.ExchangeReport;
import dev.forebay.exchange.WaitingRoom;
import dev.forebay.pool.Draw;
import dev.forebay.pool.Outcome;
import dev.forebay.prices.Cost;
import dev.forebay.telemetry.Metrics;
import dev.forebay.telemetry.UsageRecorder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/// What an event loop pays to have one exchange measured.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ListenerBenchmark {

  private static final Usage USAGE = new Usage(256, 256, 0, 0, 100, 28, 0, 0, 0, 0, 0, false);

  private final Metrics metrics =
      new Metrics(BenchPools.of(64), new WaitingRoom(), new BenchTicker(), "bench");
  private final UsageRecorder recorder = new UsageRecorder(_ -> true, () -> ZoneOffset.UTC);
  private final AttemptReport attempt =
      new AttemptReport(
          "req-1",
          1,
          BenchPools.PROVIDER,
          BenchPools.MODEL,
          "key-1",
          "key-1",
          new Draw(5, 64, "key-1", 0.5, "key-2", 0.75),
          false,
          0,
          120_000_000,
          450_000_000,
          200,
          new Outcome.Served(Duration.ofMillis(120)),
          false);
  private final ExchangeReport report =
      new ExchangeReport(
          "req-1",
          "default",
          "client-1",
          "laptop",
          Operation.CHAT_COMPLETIONS,
          BenchPools.MODEL,
          BenchPools.MODEL,
          BenchPools.PROVIDER,
          "key-1",
          "key-1",
          200,
          true,
          Instant.parse("2026-11-23T12:00:00Z"),
          451_000_000,
          121_000_000,
          2048,
          4096,
          USAGE,
          Cost.ZERO,
          "2026-11-25",
          List.of(attempt),
          List.of(),
          List.of(),
          ExchangeReport.End.COMPLETED,
          null);

  @Benchmark
  public void metrics() {
    metrics.started(Operation.CHAT_COMPLETIONS);
    metrics.attempted(attempt);
    metrics.finished(report);
  }

  @Benchmark
  @Threads(2)
  public void metricsByTwoThreads() {
    metrics();
  }

  @Benchmark
  public void usageRow() {
    recorder.finished(report);
  }
}
