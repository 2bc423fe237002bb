package dev.forebay.pool;

import static dev.forebay.pool.Fixture.end;
import static dev.forebay.pool.Fixture.hinted;
import static dev.forebay.pool.Fixture.key;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RejectionTest {

  private static final Outcome REJECTED = new Outcome.KeyRejected("401 invalid x-api-key");

  private final Fixture pools = new Fixture();

  @Test
  void sendsNothingMoreToARejectedKey() {
    pools.with(key("a"));
    end(pools.take(), REJECTED);
    pools.advance(Duration.ofDays(3));

    Tally tally = pools.refused();
    assertThat(tally.rejected()).isEqualTo(1);
    assertThat(tally.nextAt()).isEmpty();
    assertThat(pools.status("a"))
        .isEqualTo(
            new Status.Rejected(
                "401 invalid x-api-key",
                Provenance.PROVIDER,
                pools.ticker.now().minus(Duration.ofDays(3))));
  }

  @Test
  void offersARejectedKeyForProbingOncePerHour() {
    pools.with(key("a"), key("b"));
    end(pools.take(new Ask(1, 1, List.of("b"), null)), REJECTED);
    assertThat(pools.pools.dueForProbe()).isEmpty();
    pools.advance(Duration.ofHours(1));

    assertThat(pools.pools.dueForProbe()).containsExactly("a");
    assertThat(pools.pools.dueForProbe()).isEmpty();
    pools.pools.probed("a", false, "403 suspended");
    assertThat(((Status.Rejected) pools.status("a")).reason()).isEqualTo("403 suspended");
    pools.advance(Duration.ofMinutes(59));
    assertThat(pools.pools.dueForProbe()).isEmpty();
    pools.advance(Duration.ofMinutes(1));
    assertThat(pools.pools.dueForProbe()).containsExactly("a");
    pools.pools.probed("a", true, "");
    assertThat(pools.status("a")).isEqualTo(Status.OPEN);
    pools.take(new Ask(1, 1, List.of("b"), null));
  }

  @Test
  void ignoresRefusalsFromBeforeAKeyWasFoundGood() {
    pools.with(key("a"));
    Lease straggler = pools.take();
    end(pools.take(), REJECTED);
    pools.advance(Duration.ofSeconds(1));
    pools.pools.recover("a");

    end(straggler, REJECTED);
    assertThat(pools.status("a")).isEqualTo(Status.OPEN);
    pools.advance(Duration.ofSeconds(1));
    end(pools.take(), REJECTED);
    assertThat(pools.status("a")).isInstanceOf(Status.Rejected.class);
  }

  @Test
  void takesAKeyWithANewSecretAgainAtOnce() {
    pools.with(key("a"), Fixture.grouped("b", "acme"), Fixture.grouped("c", "acme"));
    Lease straggler = pools.take(new Ask(1, 1, List.of("b", "c"), null));
    end(pools.take(new Ask(1, 1, List.of("b", "c"), null)), REJECTED);
    end(pools.take(new Ask(1, 1, List.of("a", "c"), null)), REJECTED);
    end(pools.take(), hinted(Scope.GROUP, Duration.ofDays(1)));
    pools.advance(Duration.ofSeconds(1));

    pools.pools.renew("a");
    pools.pools.renew("b");
    end(straggler, REJECTED);
    assertThat(pools.status("a")).isEqualTo(Status.OPEN);
    assertThat(pools.take().keyId()).isEqualTo("a");
    // What holds the whole group back is not about this secret alone.
    assertThat(pools.status("b")).isInstanceOf(Status.Cooling.class);
    pools.pools.renew("nobody");
  }

  @Test
  void doesNotProbeWhatIsSwitchedOff() {
    pools.with(key("a"), key("b"));
    end(pools.take(new Ask(1, 1, List.of("b"), null)), REJECTED);
    pools.pools.pause("a");
    pools.advance(Duration.ofHours(2));

    assertThat(pools.pools.dueForProbe()).isEmpty();
  }

  @Test
  void recoversAKeyWithItsGroupAndItsModels() {
    pools.with(Fixture.grouped("a", "acme"), Fixture.grouped("b", "acme"));
    Duration day = Duration.ofDays(1);
    Lease paced = pools.take();
    Lease keyLease = pools.take(new Ask(1, 1, List.of("b"), null));
    Lease groupLease = pools.take();
    Lease modelLease = pools.take();
    Fixture.headroom(modelLease, 10, 0, day.toNanos(), 10, 0, day.toNanos());
    end(keyLease, hinted(Scope.KEY, day));
    end(groupLease, hinted(Scope.GROUP, day));
    end(modelLease, hinted(Scope.GROUP_MODEL, day));
    end(paced, new Outcome.SlowDown("Slow Down"));
    pools.refused();

    pools.pools.recover("a");
    for (int i = 0; i < 5; i++) {
      assertThat(pools.take().trial()).isFalse();
    }
    assertThat(pools.events.getLast()).isEqualTo("b: Cooling -> Open");
  }

  @Test
  void pausesAndResumes() {
    pools.with(key("a"));
    pools.pools.pause("a");

    assertThat(pools.refused().paused()).isEqualTo(1);
    assertThat(pools.status("a")).isEqualTo(new Status.Paused(Provenance.PERSON));
    pools.pools.resume("a");
    pools.take();
    pools.with(Fixture.pausedByConfiguration("a"));
    pools.pools.resume("a");
    assertThat(pools.status("a")).isEqualTo(new Status.Paused(Provenance.CONFIGURATION));
    pools.refused();
    pools.pools.pause("nobody");
    pools.pools.recover("nobody");
    pools.pools.probed("nobody", true, "");
  }
}
