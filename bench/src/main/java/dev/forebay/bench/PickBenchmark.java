package dev.forebay.bench;

import dev.forebay.pool.Conversation;
import dev.forebay.pool.Pool;
import java.time.Duration;
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

/// Choosing a key: two draws from the ready set, two loads compared.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PickBenchmark {

  private static final Duration LIFE = Duration.ofHours(1);

  /// One pool for all threads, as in the gateway.
  @State(Scope.Benchmark)
  public static class Shared {

    @Param({"2", "64", "10000"})
    public int keys;

    static final int CONVERSATIONS = 100_000;

    private Pool pool = BenchPools.of(1).pool(BenchPools.PROVIDER, BenchPools.MODEL);

    /// Where conversations were served, and limits are known.
    private Pool lived = pool;

    @Setup
    public void fill() {
      pool = BenchPools.of(keys).pool(BenchPools.PROVIDER, BenchPools.MODEL);
      lived = BenchPools.of(keys).pool(BenchPools.PROVIDER, BenchPools.MODEL);
      SplittableRandom random = new SplittableRandom(3);
      for (int i = 1; i <= CONVERSATIONS; i++) {
        BenchPools.serve(lived, conversation(i), random);
      }
    }
  }

  /// Chance of its own for each thread, as for each event loop.
  @State(Scope.Thread)
  public static class Chance {

    private final SplittableRandom random = new SplittableRandom(7);
  }

  @Benchmark
  public Object pick(Shared shared, Chance chance) {
    return shared.pool.pick(chance.random);
  }

  /// Whose conversation has a home among as many others.
  @Benchmark
  public Object pickAtHome(Shared shared, Chance chance) {
    long fingerprint = chance.random.nextLong(1, Shared.CONVERSATIONS + 1);
    return shared.lived.pick(conversation(fingerprint), chance.random);
  }

  // A request has its conversation at hand: it is not looked up.
  private static Conversation conversation(long fingerprint) {
    return new Conversation(fingerprint, LIFE);
  }

  @Benchmark
  @Threads(2)
  public Object pickByTwoThreads(Shared shared, Chance chance) {
    return shared.pool.pick(chance.random);
  }
}
