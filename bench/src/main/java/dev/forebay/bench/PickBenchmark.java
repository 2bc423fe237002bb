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

    private final Conversation[] conversations = new Conversation[CONVERSATIONS];
    private Pool pool = BenchPools.of(1).pool(BenchPools.PROVIDER, BenchPools.MODEL);

    /// Where conversations were served, and limits are known.
    private Pool lived = pool;

    @Setup
    public void fill() {
      pool = BenchPools.of(keys).pool(BenchPools.PROVIDER, BenchPools.MODEL);
      lived = BenchPools.of(keys).pool(BenchPools.PROVIDER, BenchPools.MODEL);
      SplittableRandom random = new SplittableRandom(3);
      // They lie in the order in which they come: a request has its own at hand.
      for (int i = 0; i < CONVERSATIONS; i++) {
        conversations[i] = new Conversation(random.nextLong(), LIFE);
      }
      for (Conversation conversation : conversations) {
        BenchPools.serve(lived, conversation, random);
      }
    }
  }

  /// Chance of its own for each thread, as for each event loop.
  @State(Scope.Thread)
  public static class Chance {

    private final SplittableRandom random = new SplittableRandom(7);
    private int turn;
  }

  @Benchmark
  public Object pick(Shared shared, Chance chance) {
    return shared.pool.pick(chance.random);
  }

  /// Whose conversation has a home among as many others.
  @Benchmark
  public Object pickAtHome(Shared shared, Chance chance) {
    chance.turn = (chance.turn + 1) % Shared.CONVERSATIONS;
    return shared.lived.pick(shared.conversations[chance.turn], chance.random);
  }

  @Benchmark
  @Threads(2)
  public Object pickByTwoThreads(Shared shared, Chance chance) {
    return shared.pool.pick(chance.random);
  }
}
