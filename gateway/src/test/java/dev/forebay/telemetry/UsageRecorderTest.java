package dev.forebay.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.UsageRow;
import dev.forebay.dialect.Usage;
import dev.forebay.exchange.ExchangeReport.End;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class UsageRecorderTest {

  private final List<UsageRow> rows = new ArrayList<>();
  private final AtomicReference<ZoneId> zone = new AtomicReference<>(ZoneOffset.UTC);
  private final UsageRecorder recorder = new UsageRecorder(rows::add, zone::get);

  @Test
  void recordsWhatAnExchangeUsed() {
    recorder.finished(Reports.completed(Reports.throttled("key-2"), Reports.served("key-1")));

    assertThat(rows)
        .containsExactly(
            new UsageRow(
                "req-1",
                "default",
                Reports.START,
                LocalDate.of(2026, 11, 23),
                "key-1",
                "client-id",
                "openai",
                "alias",
                "gpt-6",
                "CHAT_COMPLETIONS",
                200,
                true,
                2,
                456_789,
                123_456,
                Reports.USAGE,
                Reports.COST,
                Reports.PRICES,
                "COMPLETED"));
  }

  @Test
  void recordsRefusalsToo() {
    recorder.finished(Reports.refused("nothing left"));

    UsageRow row = rows.getFirst();
    assertThat(row.keyId()).isNull();
    assertThat(row.provider()).isNull();
    assertThat(row.firstContentMicros()).isEqualTo(-1);
    assertThat(row.attempts()).isZero();
    assertThat(row.end()).isEqualTo("REFUSED");
  }

  @Test
  void countsForTheDayOnWhichItEnded() {
    end("2026-11-23T23:59:59.400Z");
    end("2026-11-23T23:59:59.600Z");
    end("2026-11-24T12:00:00Z");

    assertThat(rows)
        .extracting(UsageRow::day)
        .containsExactly(
            LocalDate.of(2026, 11, 23), LocalDate.of(2026, 11, 24), LocalDate.of(2026, 11, 24));
  }

  @Test
  void theDayIsTheZonesOwnAndTheZoneMayChange() {
    end("2026-11-23T01:00:00Z");
    zone.set(ZoneId.of("America/Los_Angeles"));
    end("2026-11-23T01:00:00Z");
    end("2026-11-23T08:00:00Z");

    assertThat(rows)
        .extracting(UsageRow::day)
        .containsExactly(
            LocalDate.of(2026, 11, 23), LocalDate.of(2026, 11, 22), LocalDate.of(2026, 11, 23));
  }

  @Test
  void countsWhatTheStorageDidNotTake() {
    UsageRecorder refused = new UsageRecorder(_ -> false, zone::get);

    refused.finished(Reports.completed());

    assertThat(refused.dropped()).isEqualTo(1);
    assertThat(recorder.dropped()).isZero();
  }

  /// The report's duration is a little under half a second.
  private void end(String start) {
    recorder.finished(
        Reports.report(Instant.parse(start), "gpt-6", End.COMPLETED, Usage.NONE, null));
  }
}
