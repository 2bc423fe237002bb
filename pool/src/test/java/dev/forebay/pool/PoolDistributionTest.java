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
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How evenly traffic spreads. With two choices the most loaded of *n* keys stays `O(log log n)`
/// requests above the mean, so over many requests max/mean goes to 1.
class PoolDistributionTest {

  private static final int REQUESTS = 100_000;

  private final Fixture pools = new Fixture();
  private final SplittableRandom chance = new SplittableRandom(7);
  private final Map<String, Integer> requests = new HashMap<>();

  private record Flight(long endsAt, Lease lease, long tokens) {}

  private final PriorityQueue<Flight> flights =
      new PriorityQueue<>(Comparator.comparingLong(Flight::endsAt));

  @ParameterizedTest(name = "{0} keys at {1} requests a second")
  @CsvSource({"2, 100", "8, 0.2", "8, 10", "8, 1000", "64, 1", "64, 500", "400, 1000"})
  void spreadsEvenlyOverEqualKeys(int keys, double perSecond) {
    pools.with(keys("k", keys));

    run(REQUESTS, perSecond, _ -> 2_000);

    assertThat(maxOverMean(keys)).isLessThan(1.1);
  }

  @Test
  void startsAColdPoolEvenly() {
    pools.with(keys("k", 10));

    run(2_000, 1_000, _ -> 2_000);

    assertThat(maxOverMean(10)).isLessThan(1.1);
  }

  @Test
  void sendsLessToKeysThatAreSlow() {
    pools.with(keys("k", 9));

    run(30_000, 50, id -> id.equals("k4") ? 40_000 : 1_000);

    int slow = requests.getOrDefault("k4", 0);
    int others = requests.values().stream().mapToInt(i -> i).sum() - slow;
    assertThat(slow).isBetween(1, others / 8);
  }

  @Test
  void doesNotFloodAKeyThatComesBack() {
    pools.with(keys("k", 10));
    run(10_000, 200, _ -> 500);
    Lease lease = pools.take();
    String lost = lease.keyId();
    Fixture.end(lease, Fixture.hinted(Scope.KEY, Duration.ofMinutes(5)));
    run(55_000, 200, _ -> 500);
    requests.clear();
    pools.advance(Duration.ofSeconds(40));

    run(1_000, 200, _ -> 500);
    assertThat(requests.get(lost)).isBetween(50, 150);
    run(10_000, 200, _ -> 500);
    assertThat(maxOverMean(10)).isLessThan(1.15);
  }

  @Test
  void doesNotFloodAKeyThatIsNew() {
    List<KeySpec> keys = new ArrayList<>(keys("k", 9));
    pools.with(keys);
    run(20_000, 200, _ -> 500);
    keys.add(key("new"));
    pools.with(keys);
    requests.clear();

    run(100, 200, _ -> 500);
    assertThat(requests.getOrDefault("new", 0)).isBetween(1, 25);
    run(10_000, 200, _ -> 500);
    assertThat(maxOverMean(10)).isLessThan(1.1);
  }

  private static List<KeySpec> keys(String prefix, int count) {
    List<KeySpec> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(key(prefix + i));
    }
    return keys;
  }

  /// Open-loop traffic of uneven requests, each in flight for as long as `millis` says of its key.
  private void run(int count, double perSecond, ToLongFunction<String> millis) {
    for (int i = 0; i < count; i++) {
      pools.advance(Duration.ofNanos((long) (1e9 / perSecond)));
      land(pools.ticker.nanos());
      Lease lease = pools.take(Ask.of(chance.nextLong(50, 2_000), 400));
      long used = lease.reservedTokens() / 2 + chance.nextLong(500);
      long endsAt = pools.ticker.nanos() + millis.applyAsLong(lease.keyId()) * 1_000_000;
      flights.add(new Flight(endsAt, lease, used));
    }
    land(Long.MAX_VALUE);
  }

  private void land(long now) {
    while (!flights.isEmpty() && flights.element().endsAt <= now) {
      Flight flight = flights.remove();
      flight.lease.answered(Fixture.LATENCY);
      flight.lease.settle(new Outcome.Served(Fixture.LATENCY), flight.tokens, 0, 100, -1);
      requests.merge(flight.lease.keyId(), 1, Integer::sum);
    }
  }

  private double maxOverMean(int keys) {
    double mean = requests.values().stream().mapToInt(i -> i).sum() / (double) keys;
    return requests.values().stream().mapToInt(i -> i).max().orElseThrow() / mean;
  }
}
