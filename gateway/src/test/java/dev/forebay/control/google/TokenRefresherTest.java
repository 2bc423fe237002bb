package dev.forebay.control.google;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.StoredSecret;
import dev.forebay.control.google.AccountView.State;
import dev.forebay.exchange.LiveToken;
import dev.forebay.pool.Status;
import dev.forebay.secrets.Secret;
import dev.forebay.secrets.SecretAccess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenRefresherTest {

  @TempDir Path folder;

  private AccountFixture fixture;

  @BeforeEach
  void build() {
    fixture = new AccountFixture(folder, AccountFixture.FILE);
  }

  private LiveToken token(String id) {
    return fixture.control.snapshots.tokens().of(id);
  }

  private boolean live(String id) {
    return token(id).at(fixture.control.ticker.nanos()) != null;
  }

  private Status status(String id) {
    return fixture.control.pools.view(id).orElseThrow().status();
  }

  private void advance(Duration by) {
    fixture.control.ticker.advance(by);
  }

  private State state(String id) {
    return fixture.account(id).connection().state();
  }

  @Test
  void aNewAccountServesWithTheTokenThatCameWithItsConsent() {
    AccountView account = fixture.connected("ana@example.com", "project-a");

    assertThat(live(account.id())).isTrue();
    assertThat(status(account.id())).isEqualTo(Status.OPEN);
    assertThat(fixture.google.count("refresh")).isZero();
    assertThat(state(account.id())).isEqualTo(State.LIVE);
  }

  @Test
  void refreshesAQuarterOfAnHourBeforeTheEnd() {
    String id = fixture.connected("ana@example.com", "project-a").id();
    advance(Duration.ofMinutes(45).minusSeconds(1));
    fixture.look();
    assertThat(fixture.google.count("refresh")).isZero();

    advance(Duration.ofMinutes(3).plusSeconds(1));
    fixture.look();

    assertThat(fixture.google.count("refresh")).isEqualTo(1);
    assertThat(token(id).until() - fixture.control.ticker.nanos())
        .isEqualTo(Duration.ofHours(1).minus(TokenRefresher.MARGIN).toNanos());
  }

  @Test
  void anAccountWithoutATokenIsNotReadyAndBecomesSoWhenItComes() {
    String id = fixture.connected("ana@example.com", "project-a").id();
    advance(Duration.ofHours(2));
    fixture.refresher.look();
    assertThat(status(id)).isInstanceOf(Status.Cooling.class);
    assertThat(state(id)).isEqualTo(State.REFRESHING);

    fixture.run();

    assertThat(status(id)).isEqualTo(Status.OPEN);
    assertThat(state(id)).isEqualTo(State.LIVE);
  }

  @Test
  void askingGoesOnOnceAtATimeHoweverManyWantIt() throws Exception {
    AtomicInteger begun = new AtomicInteger();
    CountDownLatch goOn = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      AccountFixture own =
          new AccountFixture(
              folder,
              AccountFixture.FILE,
              task -> {
                begun.incrementAndGet();
                threads.execute(() -> {
                  try {
                    assertThat(goOn.await(20, TimeUnit.SECONDS)).isTrue();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  task.run();
                });
              });
      String id = own.connected("ana@example.com", "project-a").id();
      LiveToken token = own.control.snapshots.tokens().of(id);
      Secret refused = Objects.requireNonNull(token.at(own.control.ticker.nanos()));
      List<Future<?>> met = new ArrayList<>();
      List<Future<TokenAnswer>> asked = new ArrayList<>();
      CountDownLatch asking = new CountDownLatch(100);
      for (int i = 0; i < 100; i++) {
        met.add(threads.submit(() -> token.refused(refused)));
        asked.add(
            threads.submit(() -> {
              asking.countDown();
              return own.refresher.refresh(id);
            }));
      }
      for (Future<?> each : met) {
        each.get(20, TimeUnit.SECONDS);
      }
      assertThat(asking.await(20, TimeUnit.SECONDS)).isTrue();
      own.refresher.look();
      assertThat(begun).hasValue(1);
      goOn.countDown();
      for (Future<TokenAnswer> each : asked) {
        assertThat(each.get(20, TimeUnit.SECONDS)).isInstanceOf(TokenAnswer.Granted.class);
      }
      // Who comes when it is over asks again.
      assertThat(own.google.count("refresh")).isEqualTo(begun.get());
      assertThat(token.at(own.control.ticker.nanos())).isNotNull().isNotEqualTo(refused);
    }
  }

  @Test
  void aRefusedTokenIsReplacedAtOnce() {
    String id = fixture.connected("ana@example.com", "project-a").id();
    Secret refused = Objects.requireNonNull(token(id).at(fixture.control.ticker.nanos()));
    for (int i = 0; i < 200; i++) {
      token(id).refused(refused);
    }
    fixture.look();

    assertThat(fixture.google.count("refresh")).isEqualTo(1);
    assertThat(token(id).at(fixture.control.ticker.nanos())).isNotNull().isNotEqualTo(refused);
  }

  @Test
  void aGrantThatIsOverNeedsReconnectingAndTheOthersGoOn() {
    String ana = fixture.connected("ana@example.com", "project-a").id();
    String bob = fixture.connected("bob@example.com", "project-b").id();
    end(ana, false);

    advance(Duration.ofMinutes(50));
    fixture.look();

    assertThat(status(ana))
        .isInstanceOfSatisfying(
            Status.Rejected.class,
            rejected -> assertThat(rejected.reason()).contains("needs reconnecting"));
    assertThat(state(ana)).isEqualTo(State.NEEDS_RECONNECTING);
    assertThat(fixture.account(ana).account().endedAt()).isNotNull();
    assertThat(status(bob)).isEqualTo(Status.OPEN);
    assertThat(fixture.control.audited()).contains("account.ended");

    long asked = fixture.google.count("refresh");
    for (int i = 0; i < 10; i++) {
      advance(Duration.ofMinutes(20));
      fixture.look();
    }
    // Bob's token is refreshed every hour; Ana's grant is never asked for again.
    assertThat(fixture.google.count("refresh") - asked).isBetween(3L, 6L);
  }

  private void end(String id, boolean sessionControl) {
    fixture.google.refusals.put(refreshToken(id), new TokenAnswer.Ended(sessionControl));
  }

  private String refreshToken(String id) {
    var row = fixture.control.stores.keys().key(AccountFixture.HOME, id).orElseThrow();
    return ((StoredSecret.Opened) row.secret()).secret().reveal(SecretAccess.granted());
  }

  @Test
  void saysWhenAnOrganisationWantsItsPersonToSignInAgain() {
    String id = fixture.connected("ana@example.com", "project-a").id();
    end(id, true);
    advance(Duration.ofHours(1));
    fixture.look();
    assertThat(fixture.account(id).connection().message()).contains("organisation");
  }

  @Test
  void aPersonMayTryAnEndedGrantAgain() {
    String id = fixture.connected("ana@example.com", "project-a").id();
    end(id, false);
    advance(Duration.ofHours(1));
    fixture.look();
    fixture.google.refusals.clear();

    fixture.atOnce = true;
    assertThat(fixture.accounts.refresh(id)).isInstanceOf(AccountChange.Done.class);

    assertThat(status(id)).isEqualTo(Status.OPEN);
    assertThat(fixture.account(id).account().endedAt()).isNull();
    fixture.look();
    assertThat(status(id)).isEqualTo(Status.OPEN);
  }

  @Test
  void aWrongClientIsSaidOfAllItsAccountsAndTokensThatLiveAreUsedToTheirEnd() {
    String ana = fixture.connected("ana@example.com", "project-a").id();
    String bob = fixture.connected("bob@example.com", "project-b").id();
    fixture.google.outage = new TokenAnswer.ClientRefused("invalid_client");
    advance(Duration.ofMinutes(50));
    fixture.look();
    assertThat(List.of(state(ana), state(bob))).containsOnly(State.CLIENT_REFUSED);
    assertThat(List.of(status(ana), status(bob))).containsOnly(Status.OPEN);
    assertThat(fixture.clients.view().problem()).contains("invalid_client");

    advance(Duration.ofMinutes(11));
    fixture.look();
    assertThat(status(ana)).isInstanceOf(Status.Rejected.class);
    assertThat(status(bob)).isInstanceOf(Status.Rejected.class);

    fixture.google.outage = null;
    fixture.refresher.clientChanged();
    fixture.look();
    assertThat(List.of(status(ana), status(bob))).containsOnly(Status.OPEN);
    assertThat(fixture.clients.view().problem()).isNull();
  }

  @Test
  void anOutageIsWaitedOutWithGrowingPausesWhileTokensLive() {
    String id = fixture.connected("ana@example.com", "project-a").id();
    advance(Duration.ofMinutes(44));
    fixture.google.outage = new TokenAnswer.Unreachable("connection refused");
    int seconds = 0;
    while (live(id)) {
      fixture.look();
      assertThat(status(id)).isEqualTo(Status.OPEN);
      advance(Duration.ofSeconds(1));
      if (fixture.google.count("refresh") > 0) {
        seconds++;
      }
    }
    long asked = fixture.google.count("refresh");
    assertThat(seconds).isGreaterThan(660);
    assertThat(asked).isBetween(10L, 40L);
    assertThat(state(id)).isEqualTo(State.UNREACHABLE);

    for (int i = 0; i < 600; i++) {
      fixture.look();
      advance(Duration.ofSeconds(1));
    }
    assertThat(fixture.google.count("refresh") - asked).isBetween(10L, 25L);
    assertThat(status(id))
        .isInstanceOfSatisfying(
            Status.Cooling.class,
            cooling -> assertThat(cooling.reason()).contains("connection refused"));

    fixture.google.outage = null;
    for (int i = 0; i < 61; i++) {
      fixture.look();
      advance(Duration.ofSeconds(1));
    }
    assertThat(status(id)).isEqualTo(Status.OPEN);
    assertThat(state(id)).isEqualTo(State.LIVE);
  }

  @Test
  void aReconnectedAccountServesAtOnce() {
    String id = fixture.connected("ana@example.com", "project-a").id();
    end(id, false);
    advance(Duration.ofMinutes(50));
    fixture.look();
    assertThat(status(id)).isInstanceOf(Status.Rejected.class);

    assertThat(fixture.complete(fixture.begin(id))).isInstanceOf(AccountChange.Done.class);

    assertThat(status(id)).isEqualTo(Status.OPEN);
    fixture.look();
    assertThat(status(id)).isEqualTo(Status.OPEN);
    assertThat(fixture.google.count("refresh")).isEqualTo(1);
  }

  @Test
  void anEndingOfTheTokenBeforeDoesNotEndAReconnectedAccount() {
    String id = fixture.connected("ana@example.com", "project-a").id();
    end(id, false);
    advance(Duration.ofMinutes(50));
    // The asking is under way with the old refresh token when its person consents again.
    fixture.refresher.look();
    fixture.google.before =
        () -> {
          fixture.google.before = null;
          assertThat(fixture.complete(fixture.begin(id))).isInstanceOf(AccountChange.Done.class);
        };
    fixture.run();

    assertThat(fixture.google.before).isNull();
    assertThat(fixture.account(id).account().endedAt()).isNull();
    assertThat(status(id)).isEqualTo(Status.OPEN);
    assertThat(state(id)).isEqualTo(State.LIVE);
  }

  @Test
  void anAnswerForAnAccountThatIsGoneIsForgotten() {
    String id = fixture.connected("ana@example.com", "project-a").id();
    advance(Duration.ofMinutes(50));
    fixture.refresher.look();
    fixture.google.before =
        () -> {
          fixture.google.before = null;
          assertThat(fixture.accounts.remove(fixture.actor, id)).isPresent();
        };
    fixture.run();
    assertThat(live(id)).isFalse();
  }

  @Test
  void forgetsAnAccountThatIsRemoved() {
    String id = fixture.connected("ana@example.com", "project-a").id();
    Secret old = Objects.requireNonNull(token(id).at(fixture.control.ticker.nanos()));
    assertThat(fixture.accounts.remove(fixture.actor, id)).isPresent();

    assertThat(live(id)).isFalse();
    assertThat(fixture.control.pools.view(id)).isEmpty();
    assertThat(old.toString()).doesNotContain("test-token");
  }
}
