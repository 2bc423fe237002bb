package dev.forebay.pool;

import static dev.forebay.pool.Fixture.key;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Keys that have nothing to be sent with.
class WithheldTest {

  private static final String WHY = "waits for an access token";

  private final Fixture pool = new Fixture().with(key("a"), key("b"));

  private Instant in(int seconds) {
    return pool.ticker.now().plusSeconds(seconds);
  }

  private Status status(String id) {
    return pool.pools.view(id).orElseThrow().status();
  }

  @Test
  void aWithheldKeyIsPassedOverUntilItIsReleased() {
    pool.pools.withhold("a", WHY, in(0));
    for (int i = 0; i < 50; i++) {
      assertThat(pool.take().keyId()).isEqualTo("b");
    }
    assertThat(status("a"))
        .isInstanceOfSatisfying(
            Status.Cooling.class,
            cooling -> {
              assertThat(cooling.cause()).isEqualTo(Cause.CREDENTIAL);
              assertThat(cooling.reason()).isEqualTo(WHY);
            });

    pool.pools.release("a");

    assertThat(status("a")).isEqualTo(Status.OPEN);
    pool.pools.pause("b");
    assertThat(pool.take().keyId()).isEqualTo("a");
  }

  @Test
  void timeAloneReleasesNothing() {
    pool.pools.withhold("a", WHY, in(1));
    pool.pools.pause("b");
    pool.ticker.advance(Duration.ofHours(1));

    Tally tally = pool.refused();

    assertThat(tally.busy()).isEqualTo(1);
    assertThat(tally.ready()).isZero();
    assertThat(tally.nextAt()).isPresent();
  }

  @Test
  void countsAsBusyForAMomentAndAsFailingForLonger() {
    pool.pools.pause("b");
    pool.pools.withhold("a", WHY, in(0));
    assertThat(pool.refused().busy()).isEqualTo(1);

    pool.pools.withhold("a", "the token endpoint is down", in(60));

    assertThat(pool.refused().busy()).isZero();
    assertThat(pool.refused().failing()).isEqualTo(1);
    assertThat(pool.refused().nextAt()).contains(pool.ticker.now().plusSeconds(60));
  }

  @Test
  void anUnequippedAttemptTakesItsKeyOutAndCountsAgainstNobody() {
    pool.pools.pause("b");
    pool.take().settle(new Outcome.Unequipped(WHY), 0, 0, -1, -1);

    assertThat(pool.refused().busy()).isEqualTo(1);
    KeyView view = pool.pools.view("a").orElseThrow();
    assertThat(view.failed()).isZero();
    assertThat(view.throttled()).isZero();
    assertThat(view.inFlight()).isZero();
  }

  @Test
  void releasingLeavesACooldownWhereItIs() {
    Lease lease = pool.take();
    String id = lease.keyId();
    lease.settle(
        new Outcome.Throttled(
            Scope.KEY,
            new Cooldown(Duration.ofMinutes(5), Duration.ZERO, Provenance.PROVIDER),
            Cause.RATE_LIMIT,
            "too many"),
        0,
        0,
        -1,
        -1);
    pool.pools.withhold(id, WHY, in(0));
    pool.pools.release(id);

    assertThat(status(id))
        .isInstanceOfSatisfying(
            Status.Cooling.class,
            cooling -> assertThat(cooling.cause()).isEqualTo(Cause.RATE_LIMIT));
  }

  @Test
  void aPersonsRecoveryDoesNotEquipAKey() {
    pool.pools.withhold("a", WHY, in(0));
    pool.pools.recover("a");
    for (int i = 0; i < 20; i++) {
      assertThat(pool.take().keyId()).isEqualTo("b");
    }
  }

  @Test
  void sayingTheSameAgainIsNoNews() {
    Instant until = in(5);
    pool.pools.withhold("a", WHY, until);
    pool.pools.reject("b", "ended");
    pool.events.clear();

    pool.pools.withhold("a", WHY, until);
    pool.pools.reject("b", "ended");
    pool.pools.release("b");

    assertThat(pool.events).isEmpty();
  }

  @Test
  void aKeyIsRejectedOnWordThatCameBesideTheRequests() {
    pool.pools.reject("a", "needs reconnecting");
    assertThat(status("a"))
        .isInstanceOfSatisfying(
            Status.Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo("needs reconnecting"));

    pool.pools.probed("a", true, "accepted again");

    assertThat(status("a")).isEqualTo(Status.OPEN);
  }
}
