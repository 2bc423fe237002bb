package dev.forebay.bench;

import dev.forebay.pool.Acquisition;
import dev.forebay.pool.Ask;
import dev.forebay.pool.Axis;
import dev.forebay.pool.Conversation;
import dev.forebay.pool.KeySpec;
import dev.forebay.pool.Lease;
import dev.forebay.pool.Outcome;
import dev.forebay.pool.Pool;
import dev.forebay.pool.PoolListener;
import dev.forebay.pool.PoolSettings;
import dev.forebay.pool.Pools;
import dev.forebay.pool.TokenPrice;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Pools of equal keys, each with budgets of tokens and of money that it never reaches.
final class BenchPools {

  static final String PROVIDER = "openai";
  static final String MODEL = "gpt-6";

  /// The price of all requests.
  static final TokenPrice PRICE = new TokenPrice(2_000, 10_000, 2_500, 10_000);

  private static final long DAILY_TOKENS = 1_000_000_000_000_000L;
  private static final long DAILY_NANO_DOLLARS = 1_000_000_000_000_000_000L;

  private static final Duration LATENCY = Duration.ofMillis(800);

  private BenchPools() {}

  static Pools of(int keys) {
    Pools pools =
        new Pools(
            PoolSettings.defaults(), new BenchTicker(), new SplittableRandom(1), PoolListener.NONE);
    List<KeySpec> specs = IntStream.range(0, keys).mapToObj(BenchPools::key).toList();
    pools.replace(specs);
    return pools;
  }

  /// One answered request of a conversation, with the limits that providers tell.
  static void serve(Pool pool, Conversation conversation, RandomGenerator random) {
    Ask ask = new Ask(1_500, 1_024, List.of(), null, PRICE, conversation, Duration.ZERO);
    if (!(pool.acquire(ask, random) instanceof Acquisition.Granted(Lease lease))) {
      throw new IllegalStateException("no lease (expected: limits that are never reached)");
    }
    lease.headroom(Axis.REQUESTS, 1_000_000_000, 1_000_000_000, 0);
    lease.headroom(Axis.TOKENS, 1_000_000_000_000L, 1_000_000_000_000L, 0);
    lease.answered(LATENCY);
    lease.settle(new Outcome.Served(LATENCY), 1_750, 0, 250, 1_500);
  }

  private static KeySpec key(int number) {
    String id = "key-" + number;
    return new KeySpec(
        id,
        id,
        PROVIDER,
        KeySpec.ownGroup(id),
        5,
        DAILY_TOKENS,
        DAILY_NANO_DOLLARS,
        Set.of(),
        false);
  }
}
