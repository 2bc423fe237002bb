package dev.forebay.pool;

import static dev.forebay.pool.Fixture.MODEL;
import static dev.forebay.pool.Fixture.PROVIDER;
import static dev.forebay.pool.Fixture.budgeted;
import static dev.forebay.pool.Fixture.end;
import static dev.forebay.pool.Fixture.grouped;
import static dev.forebay.pool.Fixture.hinted;
import static dev.forebay.pool.Fixture.key;
import static dev.forebay.pool.Fixture.served;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/// The listener's promise: it is called with no lock held. While it runs, another thread does
/// everything that takes a lock of the pools, and must not have to wait for it.
class ListenerTest {

  private final FakeTicker ticker = new FakeTicker();
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());
  private List<KeySpec> keys = List.of();
  private volatile boolean trying;

  private final Pools pools =
      new Pools(
          PoolSettings.defaults(),
          ticker,
          new SplittableRandom(1),
          new PoolListener() {
            @Override
            public void statusChanged(Status before, KeyView after) {
              heard(after.id() + " is " + after.status().getClass().getSimpleName());
            }

            @Override
            public void cooled(ScopedCooling cooling) {
              heard(cooling.scope() + " cooled");
            }

            @Override
            public void reopened(ScopedCooling ended) {
              heard(ended.scope() + " reopened");
            }
          });

  private void heard(String event) {
    events.add(event);
    if (trying) {
      return;
    }
    trying = true;
    FutureTask<Void> others = new FutureTask<>(this::takeEveryLock, null);
    // Not an executor: closing one waits for a thread that a lock holds up.
    Thread.startVirtualThread(others);
    try {
      others.get(10, TimeUnit.SECONDS);
    } catch (TimeoutException locked) {
      throw new AssertionError("a lock is held while the listener hears: " + event, locked);
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
    trying = false;
  }

  private void takeEveryLock() {
    pools.replace(keys);
    pools.settings(PoolSettings.defaults());
    pools.restore(pools.save());
    pools.pool(PROVIDER, MODEL).seat();
    // Of every node its own lock and that of its gate.
    pools.view();
    pools.nodes().forEach(node -> node.gate.leave(-1));
    pools.pool(PROVIDER, MODEL).gate.leave(-1);
  }

  private void configure(KeySpec... specs) {
    keys = List.of(specs);
    pools.replace(keys);
  }

  private Lease take(String keyId) {
    String[] others =
        keys.stream().map(KeySpec::id).filter(id -> !id.equals(keyId)).toArray(String[]::new);
    Ask ask = new Ask(100, 100, Arrays.asList(others), null);
    return ((Acquisition.Granted) pools.pool(PROVIDER, MODEL).acquire(ask, new SplittableRandom(3)))
        .lease();
  }

  @Test
  void hearsOfChangedKeysWithNoLockHeld() {
    configure(budgeted("a", 1_000), key("b"), grouped("c", "acme"));
    served(take("a"), 500);
    configure(budgeted("a", 400), key("b"), grouped("c", "acme"));
    configure(budgeted("a", 4_000), Fixture.pausedByConfiguration("b"), grouped("c", "acme"));

    assertThat(events).containsExactly("a is Spent", "a is Open", "b is Paused");
  }

  @Test
  void hearsOfARestoredStateWithNoLockHeld() {
    Fixture before = new Fixture(PoolSettings.defaults(), ticker);
    before.with(key("a"), grouped("b", "acme"), key("c"));
    end(before.take(new Ask(1, 1, List.of("b", "c"), null)), new Outcome.KeyRejected("401"));
    end(
        before.take(new Ask(1, 1, List.of("a", "c"), null)),
        hinted(Scope.GROUP_MODEL, Duration.ofHours(1)));
    end(
        before.take(new Ask(1, 1, List.of("a", "b"), null)),
        hinted(Scope.KEY, Duration.ofHours(1)));
    configure(key("a"), grouped("b", "acme"), key("c"));
    pools.restore(before.pools.save());

    assertThat(events).containsExactly("a is Rejected", "c is Cooling");
  }

  @Test
  void hearsOfWhatRequestsBringAboutWithNoLockHeld() {
    configure(key("a"), grouped("b", "acme"));
    end(take("a"), hinted(Scope.KEY, Duration.ofMinutes(1)));
    end(take("b"), hinted(Scope.GROUP_MODEL, Duration.ofMinutes(1)));
    ticker.advance(Duration.ofMinutes(2));
    take("b").answered(Duration.ofMillis(5));
    take("a").answered(Duration.ofMillis(5));
    pools.pause("b");

    assertThat(events)
        .containsExactly(
            "a is Cooling",
            "GROUP_MODEL cooled",
            "a is Open",
            "GROUP_MODEL reopened",
            "b is Paused");
  }
}
