package dev.forebay.pool;

import static dev.forebay.pool.Fixture.end;
import static dev.forebay.pool.Fixture.grouped;
import static dev.forebay.pool.Fixture.hinted;
import static dev.forebay.pool.Fixture.key;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PoolConcurrencyTest {

  private static final int CALLERS = 100;

  private final Fixture pools = new Fixture();

  @Test
  void givesATrialToOneOfManyWhoComeAtOnce() throws Exception {
    pools.with(grouped("a", "acme"), grouped("b", "acme"), grouped("c", "acme"));
    for (int round = 0; round < 20; round++) {
      end(pools.take(), hinted(Scope.values()[1 + round % 3], Duration.ofMillis(10)));
      pools.advance(Duration.ofMinutes(15));
      AtomicInteger granted = new AtomicInteger();
      Together.run(
          CALLERS,
          random -> {
            if (pools.pool().acquire(Fixture.SMALL, random)
                instanceof Acquisition.Granted(Lease lease)) {
              granted.incrementAndGet();
              assertThat(lease.trial()).isTrue();
            }
          });

      assertThat(granted).hasValue(1);
      // The one on trial was never heard of again: its slot passes on.
      pools.advance(PoolSettings.defaults().trialPatience());
      pools.serve();
    }
  }

  @Test
  void raisesTheBackoffOnceWhenAHundredAreRefusedAtOnce() throws Exception {
    pools.with(key("a"));
    CountDownLatch held = new CountDownLatch(CALLERS);
    Together.run(
        CALLERS,
        random -> {
          if (pools.pool().acquire(Fixture.SMALL, random)
              instanceof Acquisition.Granted(Lease lease)) {
            held.countDown();
            held.await();
            end(lease, Fixture.throttled(Scope.GROUP_MODEL, Cooldown.unknown()));
          }
        });

    assertThat(pools.view("a").coolings())
        .singleElement()
        .extracting(ScopedCooling::level)
        .isEqualTo(1);
    assertThat(pools.view("a").throttled()).isEqualTo(CALLERS);
  }

  @Test
  void changesKeysUnderTraffic() throws Exception {
    List<KeySpec> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(grouped("k" + i, "g" + i % 5));
    }
    pools.with(all);
    AtomicBoolean stopped = new AtomicBoolean();
    try (ExecutorService operator = Executors.newSingleThreadExecutor()) {
      Future<?> changes =
          operator.submit(() -> {
            SplittableRandom random = new SplittableRandom(3);
            while (!stopped.get()) {
              int from = random.nextInt(15);
              pools.pools.replace(all.subList(from, from + 5));
              pools.pools.recover("k" + (from + 2));
              pools.pools.view();
              pools.pools.restore(pools.pools.save());
              pools.advance(Duration.ofMillis(50));
            }
            return null;
          });
      Together.run(
          CALLERS,
          random -> {
            for (int i = 0; i < 200; i++) {
              if (pools.pool().acquire(Fixture.SMALL, random)
                  instanceof Acquisition.Granted(Lease lease)) {
                lease.settle(Outcomes.any(random), random.nextLong(500), 0, -1, -1);
              }
            }
          });
      stopped.set(true);
      changes.get();
    }

    pools.pools.replace(all);
    Invariants.idle(pools.pools);
  }
}
