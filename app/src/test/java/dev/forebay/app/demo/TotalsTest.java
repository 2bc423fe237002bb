package dev.forebay.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Usage;
import dev.forebay.exchange.AttemptReport;
import dev.forebay.exchange.ExchangeReport;
import dev.forebay.exchange.ExchangeReport.End;
import dev.forebay.pool.Draw;
import dev.forebay.pool.Outcome;
import dev.forebay.pool.Ticker;
import dev.forebay.prices.Cost;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TotalsTest {
  private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);
  private final Totals totals =
      new Totals(
          new Ticker() {
            @Override
            public long nanos() {
              return nanos.get();
            }

            @Override
            public Instant now() {
              return Instant.EPOCH;
            }
          });

  private void seconds(double seconds) {
    nanos.addAndGet((long) (seconds * 1e9));
  }

  private static ExchangeReport report(End end, int attempts) {
    AttemptReport attempt =
        new AttemptReport(
            "x",
            1,
            "openai",
            "gpt-6-sol",
            "k",
            "main",
            new Draw(5, 1, "k", 0, null, 0),
            false,
            0,
            0,
            0,
            200,
            new Outcome.RequestRejected(400),
            false);
    return new ExchangeReport(
        "x",
        "default",
        null,
        null,
        Operation.CHAT_COMPLETIONS,
        "gpt-6-sol",
        "gpt-6-sol",
        "openai",
        "k",
        "main",
        200,
        false,
        Instant.EPOCH,
        0,
        0,
        0,
        0,
        Usage.NONE,
        Cost.ZERO,
        "2026-11-25",
        Collections.nCopies(attempts, attempt),
        List.of(),
        List.of(),
        end,
        null);
  }

  @Test
  void countsWhatWasHiddenFromClients() {
    totals.finished(report(End.COMPLETED, 1));
    totals.finished(report(End.COMPLETED, 3));
    totals.finished(report(End.REFUSED, 2));
    totals.clientError("503");
    assertThat(totals.sums().requests()).isEqualTo(3);
    assertThat(totals.sums().hidden()).isEqualTo(2);
    assertThat(totals.sums().errors()).isEqualTo(1);
    assertThat(totals.lastError()).isEqualTo("503");
  }

  @Test
  void theRateIsThatOfTheLastFullSeconds() {
    assertThat(totals.sums().perSecond()).isZero();
    for (int second = 0; second < 20; second++) {
      for (int i = 0; i < 10; i++) {
        totals.finished(report(End.COMPLETED, 1));
      }
      seconds(1);
    }
    assertThat(totals.sums().perSecond()).isEqualTo(10);
    seconds(2);
    assertThat(totals.sums().perSecond()).isEqualTo(6);
    seconds(60);
    assertThat(totals.sums().perSecond()).isZero();
  }
}
