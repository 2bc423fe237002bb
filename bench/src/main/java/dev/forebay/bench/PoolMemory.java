package dev.forebay.bench;

import dev.forebay.pool.Conversation;
import dev.forebay.pool.Pool;
import dev.forebay.pool.Pools;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.SplittableRandom;

/// What a pool of 10,000 keys and 100,000 live conversations keeps in memory: the heap after a
/// collection, with and without it.
public final class PoolMemory {

  private static final int KEYS = 10_000;
  private static final int CONVERSATIONS = 100_000;

  private PoolMemory() {}

  public static void main(String[] arguments) {
    // Classes and constants are not the pool's.
    filled(10, 100);
    long before = heap();
    Pools pools = filled(KEYS, CONVERSATIONS);
    long after = heap();
    Reference.reachabilityFence(pools);
    System.out.printf(
        "%d keys, %d conversations: %.1f MB%n", KEYS, CONVERSATIONS, (after - before) / 1e6);
  }

  private static Pools filled(int keys, int conversations) {
    Pools pools = BenchPools.of(keys);
    Pool pool = pools.pool(BenchPools.PROVIDER, BenchPools.MODEL);
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 1; i <= conversations; i++) {
      BenchPools.serve(pool, new Conversation(i, Duration.ofHours(1)), random);
    }
    return pools;
  }

  private static long heap() {
    for (int i = 0; i < 4; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
