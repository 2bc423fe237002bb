package dev.forebay.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.exchange.Allowances.Admission;
import dev.forebay.exchange.Allowances.Admission.Exceeded;
import dev.forebay.exchange.Allowances.Admission.Granted;
import dev.forebay.exchange.Allowances.Limit;
import dev.forebay.storage.FakeTicker;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowancesTest {

  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final ClientLimits REQUESTS = new ClientLimits(10, 0, 0, 0);
  private static final ClientLimits TOKENS = new ClientLimits(0, 0, 1_000, 0);
  private static final ClientLimits DAILY = new ClientLimits(0, 5, 0, 1_000);

  private final FakeTicker ticker = new FakeTicker();
  private final Allowances allowances = new Allowances(ticker);

  private Admission ask(ClientLimits limits, long tokens) {
    return allowances.admit("caller", limits, tokens, UTC);
  }

  @Test
  void requestsBeyondTheLimitAreRefusedUntilTheyFit() {
    for (int i = 0; i < 10; i++) {
      assertThat(ask(REQUESTS, 0)).isInstanceOf(Granted.class);
    }
    Exceeded exceeded = (Exceeded) ask(REQUESTS, 0);
    assertThat(exceeded.limit()).isEqualTo(Limit.REQUESTS_PER_MINUTE);
    assertThat(exceeded.most()).isEqualTo(10);

    ticker.advance(exceeded.retryAfter().minusNanos(1));
    assertThat(ask(REQUESTS, 0)).isInstanceOf(Exceeded.class);
    ticker.advance(Duration.ofNanos(1));
    assertThat(ask(REQUESTS, 0)).isInstanceOf(Granted.class);
    assertThat(ask(REQUESTS, 0)).isInstanceOf(Exceeded.class);
  }

  @Test
  void callersDoNotShareTheirLimits() {
    for (int i = 0; i < 10; i++) {
      ask(REQUESTS, 0);
    }
    assertThat(allowances.admit("another", REQUESTS, 0, UTC)).isInstanceOf(Granted.class);
  }

  @Test
  void aReservationIsReplacedByWhatWasUsed() {
    Granted granted = (Granted) ask(TOKENS, 900);
    assertThat(ask(TOKENS, 200)).isInstanceOf(Exceeded.class);
    allowances.settle(granted, 100);
    assertThat(ask(TOKENS, 200)).isInstanceOf(Granted.class);
  }

  @Test
  void anUnderestimateCountsToo() {
    allowances.settle((Granted) ask(TOKENS, 10), 1_000);
    assertThat(ask(TOKENS, 1)).isInstanceOf(Exceeded.class);
  }

  @Test
  void aLateSettlementGivesNoCreditForALaterMinute() {
    Granted old = (Granted) ask(TOKENS, 900);
    ticker.advance(Duration.ofMinutes(5));
    assertThat(ask(TOKENS, 1_000)).isInstanceOf(Granted.class);
    allowances.settle(old, 0);
    assertThat(ask(TOKENS, 100)).isInstanceOf(Exceeded.class);
  }

  @Test
  void aRequestLargerThanTheLimitIsServedAlone() {
    assertThat(ask(TOKENS, 5_000)).isInstanceOf(Granted.class);
    assertThat(ask(TOKENS, 5_000)).isInstanceOf(Exceeded.class);
  }

  @Test
  void whatUsesNoTokensIsNotHeldByThem() {
    ask(TOKENS, 1_000);
    assertThat(ask(TOKENS, 0)).isInstanceOf(Granted.class);
  }

  @Test
  void aDayEndsAtTheWorkspacesMidnight() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    for (int i = 0; i < 5; i++) {
      allowances.admit("caller", DAILY, 1, berlin);
    }
    // It is 11 in Berlin.
    Exceeded exceeded = (Exceeded) allowances.admit("caller", DAILY, 1, berlin);
    assertThat(exceeded).isEqualTo(new Exceeded(Limit.REQUESTS_PER_DAY, 5, Duration.ofHours(13)));
    ticker.advance(exceeded.retryAfter());
    assertThat(allowances.admit("caller", DAILY, 1, berlin)).isInstanceOf(Granted.class);
  }

  @Test
  void theDayGoesOnAfterARestart() {
    LocalDate today = LocalDate.of(2026, 11, 23);
    allowances.restore("caller", today, 2, 950);
    allowances.restore("caller", today.minusDays(1), 5, 1_000);

    assertThat(ask(DAILY, 100)).isInstanceOf(Exceeded.class);
    allowances.settle((Granted) ask(DAILY, 50), 20);
    // What is counted already is not lowered.
    allowances.restore("caller", today, 0, 0);
    assertThat(ask(DAILY, 31)).isInstanceOf(Exceeded.class);
    assertThat(ask(DAILY, 30)).isInstanceOf(Granted.class);
  }

  @Test
  void whoIsForgottenBeginsAnew() {
    Granted granted = (Granted) ask(TOKENS, 1_000);
    allowances.retain(Set.of("another"));
    allowances.settle(granted, 1_000);
    assertThat(ask(TOKENS, 1_000)).isInstanceOf(Granted.class);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theToldWaitIsAlwaysEnough(long seed) {
    Random random = new Random(seed);
    ClientLimits limits = new ClientLimits(7, 0, 500, 0);
    for (int i = 0; i < 2_000; i++) {
      ticker.advance(Duration.ofMillis(random.nextInt(9_000)));
      long tokens = random.nextInt(300);
      if (ask(limits, tokens) instanceof Exceeded exceeded) {
        ticker.advance(exceeded.retryAfter());
        assertThat(ask(limits, tokens)).isInstanceOf(Granted.class);
      }
    }
  }

  @Test
  void manyThreadsTogetherStayWithinTheLimit() throws Exception {
    ClientLimits limits = new ClientLimits(1_000, 0, 0, 0);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Integer>> counts = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        counts.add(
            threads.submit(() -> {
              int granted = 0;
              for (int i = 0; i < 2_000; i++) {
                granted += ask(limits, 0) instanceof Granted ? 1 : 0;
              }
              return granted;
            }));
      }
      int sum = 0;
      for (Future<Integer> count : counts) {
        sum += count.get();
      }
      assertThat(sum).isEqualTo(1_000);
    }
  }
}
