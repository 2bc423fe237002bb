package dev.forebay.pool;

import static dev.forebay.pool.Fixture.key;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Growing conversations over several organisations, each with a prompt cache of its own, in
/// virtual time: what the pool's choices cost, against one account that has every prefix.
class CacheSimulationTest {

  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final double WRITE = 1.25;
  private static final double READ = 0.1;

  private final Fixture pools = new Fixture();
  private final SplittableRandom chance = new SplittableRandom(11);

  // By group and conversation: how much of it is cached, and until when.
  private final Map<String, Map<Long, Cached>> caches = new HashMap<>();
  private final Map<String, Long> tokensOf = new HashMap<>();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));

  private long order;
  private long now;
  private double cost;
  private double costAlone;
  private long turns;
  private long hits;
  private long hitsAlone;

  private record Cached(long tokens, long until) {}

  private record Event(long at, long order, Runnable what) {}

  private final class Conversation {

    private final long id;
    private final Duration pause;
    private final int growth;
    private long tokens;
    private int left;
    private Cached alone = new Cached(0, 0);

    Conversation(long id, long tokens, int growth, int turns, Duration pause) {
      this.id = id;
      this.tokens = tokens;
      this.growth = growth;
      this.left = turns;
      this.pause = pause;
    }

    void turn() {
      Ask ask =
          new Ask(
              tokens,
              1_000,
              List.of(),
              null,
              TokenPrice.UNKNOWN,
              new dev.forebay.pool.Conversation(id, LIFE));
      Lease lease = pools.take(ask);
      Map<Long, Cached> cache = caches.computeIfAbsent(lease.group(), _ -> new HashMap<>());
      Cached found = cache.getOrDefault(id, new Cached(0, 0));
      turns++;
      long read = found.until > now ? found.tokens : 0;
      long readAlone = alone.until > now ? alone.tokens : 0;
      hits += read > 0 ? 1 : 0;
      hitsAlone += readAlone > 0 ? 1 : 0;
      cost += read * READ + (tokens - read) * WRITE;
      costAlone += readAlone * READ + (tokens - readAlone) * WRITE;
      Cached written = new Cached(tokens, now + LIFE.toNanos());
      cache.put(id, written);
      alone = written;
      long used = tokens + 500;
      tokensOf.merge(lease.group(), used, Long::sum);
      Duration latency = Duration.ofMillis(2_000 + chance.nextInt(4_000));
      after(
          latency,
          () -> {
            lease.answered(latency);
            lease.settle(new Outcome.Served(latency), used, 0, 500, tokens);
            tokens += growth;
            if (--left > 0) {
              after(pause.plusMillis(chance.nextInt((int) pause.toMillis())), this::turn);
            }
          });
    }
  }

  private void after(Duration delay, Runnable what) {
    events.add(new Event(now + delay.toNanos(), order++, what));
  }

  private void run() {
    while (!events.isEmpty()) {
      Event event = events.poll();
      pools.advance(Duration.ofNanos(event.at - now));
      now = event.at;
      event.what.run();
    }
  }

  private double maxOverMean(int groups) {
    long most = tokensOf.values().stream().mapToLong(v -> v).max().orElse(0);
    double mean = tokensOf.values().stream().mapToLong(v -> v).sum() / (double) groups;
    return most / mean;
  }

  private static List<KeySpec> keys(int count) {
    List<KeySpec> specs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      specs.add(key("k" + i));
    }
    return specs;
  }

  @Test
  void twentyConversationsOnFourOrganisationsCostAsMuchAsOnOne() {
    pools.with(keys(4));
    for (long id = 1; id <= 20; id++) {
      Conversation one = new Conversation(id, 100_000, 500, 20, Duration.ofSeconds(20));
      after(Duration.ofMillis(chance.nextInt(30_000)), one::turn);
    }

    run();

    assertThat(turns).isEqualTo(400);
    assertThat(cost / costAlone).isLessThan(1.05);
    assertThat(maxOverMean(4)).isLessThan(1.25);
  }

  @Test
  void agenticConversationsHitTheCacheAsOftenAsOnOneAccount() {
    pools.with(keys(8));
    for (long id = 1; id <= 600; id++) {
      Conversation one =
          new Conversation(
              id,
              25_000 + chance.nextInt(20_000),
              500 + chance.nextInt(2_500),
              5 + chance.nextInt(40),
              Duration.ofSeconds(4 + chance.nextInt(30)));
      after(Duration.ofSeconds(chance.nextInt(3_600)), one::turn);
    }

    run();

    assertThat((double) hits / hitsAlone).isGreaterThan(0.95);
    assertThat(maxOverMean(8)).isLessThan(1.25);
    assertThat(cost / costAlone).isLessThan(1.25);
  }
}
