package dev.forebay.bench;

import dev.forebay.pool.Acquisition;
import dev.forebay.pool.Ask;
import dev.forebay.pool.Axis;
import dev.forebay.pool.Outcome;
import dev.forebay.pool.Pool;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/// One attempt's whole accounting: choose, reserve, note the first content and the headroom,
/// settle.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class LeaseBenchmark {

  private static final Duration LATENCY = Duration.ofMillis(120);
  private static final Outcome SERVED = new Outcome.Served(LATENCY);
  private static final long SECOND = 1_000_000_000L;

  /// One pool for all threads, as in the gateway.
  @State(Scope.Benchmark)
  public static class Shared {

    @Param({"64", "10000"})
    public int keys;

    private Pool pool = BenchPools.of(1).pool(BenchPools.PROVIDER, BenchPools.MODEL);

    @Setup
    public void fill() {
      pool = BenchPools.of(keys).pool(BenchPools.PROVIDER, BenchPools.MODEL);
    }
  }

  /// Chance of its own for each thread, as for each event loop.
  @State(Scope.Thread)
  public static class Chance {

    private final SplittableRandom random = new SplittableRandom(7);
  }

  @Benchmark
  public boolean acquireAndSettle(Shared shared, Chance chance) {
    return attempt(shared.pool, chance.random);
  }

  @Benchmark
  @Threads(2)
  public boolean acquireAndSettleByTwoThreads(Shared shared, Chance chance) {
    return attempt(shared.pool, chance.random);
  }

  private static boolean attempt(Pool pool, SplittableRandom random) {
    return switch (pool.acquire(new Ask(500, 256, List.of(), null, BenchPools.PRICE), random)) {
      case Acquisition.Granted(var lease) -> {
        lease.answered(LATENCY);
        lease.headroom(Axis.REQUESTS, 30_000, 29_999, SECOND);
        lease.headroom(Axis.TOKENS, 150_000_000, 149_999_000, SECOND);
        yield lease.settle(SERVED, 640, 2_304_000, 128, 512);
      }
      case Acquisition.Unavailable(var tally) ->
          throw new IllegalStateException("nothing to measure: " + tally);
    };
  }
}
