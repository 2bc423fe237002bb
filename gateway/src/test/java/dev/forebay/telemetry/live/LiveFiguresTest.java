package dev.forebay.telemetry.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Usage;
import dev.forebay.exchange.AttemptReport;
import dev.forebay.exchange.ExchangeReport.End;
import dev.forebay.pool.Outcome;
import dev.forebay.telemetry.Reports;
import dev.forebay.testing.FakeTicker;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LiveFiguresTest {

  private final FakeTicker ticker = new FakeTicker();
  private final LiveFigures figures = new LiveFigures(ticker, () -> ZoneId.of("UTC"));

  private void second() {
    ticker.advance(Duration.ofSeconds(1));
    figures.sweep();
  }

  private static AttemptReport failed(String keyId) {
    return Reports.attempt(1, keyId, 500, new Outcome.Failed("it fell over"));
  }

  @Test
  void ratesAndErrorsAreThoseOfTheLastMinutes() {
    figures.attempted(Reports.served("key-1"));
    figures.attempted(Reports.served("key-1"));
    figures.attempted(Reports.served("key-1"));
    figures.attempted(failed("key-1"));
    figures.attempted(Reports.throttled("key-1"));
    second();

    KeyFigures key = figures.key("key-1");
    assertThat(key.errorRate()).isEqualTo(0.25);
    assertThat(key.requestsPerMinute()).isBetween(4.0, 5.0);
    assertThat(key.lastError()).isEqualTo("slow \"down\"");
    assertThat(figures.key("nobody")).isEqualTo(KeyFigures.NONE);

    ticker.advance(Duration.ofMinutes(6));
    assertThat(figures.key("key-1").errorRate()).isZero();
    assertThat(figures.key("key-1").requestsPerMinute()).isZero();
  }

  @Test
  void shiftedRequestsAreThoseThatMetARefusalAndWereAnswered() {
    figures.finished(Reports.completed(Reports.served("key-1")));
    figures.finished(Reports.completed(failed("key-2"), Reports.served("key-1")));
    figures.finished(
        Reports.report("gpt-6", End.REFUSED, Usage.NONE, failed("key-2"), failed("key-1")));

    assertThat(figures.pool().requestsToday()).isEqualTo(3);
    assertThat(figures.pool().shiftedToday()).isEqualTo(1);
    assertThat(figures.pool().tokensToday()).isEqualTo(2 * Reports.USAGE.total());
  }

  @Test
  void aDayEndsAtMidnight() {
    figures.begin(10, 100, 0, 3);
    figures.finished(Reports.completed(failed("key-2"), Reports.served("key-1")));
    second();
    assertThat(figures.pool().requestsToday()).isEqualTo(11);
    assertThat(figures.pool().shiftedToday()).isEqualTo(4);
    ticker.advance(Duration.ofHours(12));
    figures.sweep();
    assertThat(figures.pool().requestsToday()).isZero();
    assertThat(figures.pool().tokensToday()).isZero();
    assertThat(figures.pool().shiftedToday()).isZero();
  }

  @Test
  void trafficIsKeptByTheSecond() {
    second();
    figures.attempted(Reports.served("key-1"));
    figures.finished(Reports.completed(Reports.served("key-1")));
    ticker.advance(Duration.ofSeconds(1));
    TrafficReport.Point point = Objects.requireNonNull(figures.sweep());
    long tokens = Reports.USAGE.total();
    assertThat(point.sums()).isEqualTo(Map.of("key-1", new TrafficReport.Sum(tokens, 1)));
    second();

    List<TrafficReport.Point> points = figures.traffic(10).points();
    assertThat(points).hasSize(10);
    assertThat(points.get(8).sums()).containsKey("key-1");
    assertThat(points.get(8).at()).isEqualTo(point.at());
    assertThat(points.get(9).sums()).isEmpty();
    assertThat(figures.traffic(900).step()).isEqualTo(Duration.ofSeconds(6));
    assertThat(figures.traffic(900).points()).hasSize(150);
  }

  @Test
  void manyKeysAreSummedUp() {
    for (int i = 0; i < 500; i++) {
      figures.attempted(Reports.served("key-" + i));
    }
    ticker.advance(Duration.ofSeconds(1));
    TrafficReport.Point point = Objects.requireNonNull(figures.sweep());
    assertThat(point.sums()).hasSize(61).containsEntry("*openai", new TrafficReport.Sum(0, 440));
  }

  @Test
  void recentRequestsAreFoundAgain() {
    figures.finished(Reports.completed(Reports.served("key-1")));
    figures.finished(Reports.refused("no keys"));
    assertThat(figures.recent().find("req-2")).isNotNull();
    assertThat(figures.recent().find("req-3")).isNull();
    assertThat(figures.recent().since(1, 10)).singleElement().isNotNull();
    for (int i = 0; i < 5_000; i++) {
      figures.finished(Reports.completed(Reports.served("key-1")));
    }
    assertThat(figures.recent().find("req-2")).isNull();
    assertThat(figures.recent().since(0, 10)).hasSize(10);
  }

  @Test
  void keysThatAreGoneAreForgotten() {
    figures.attempted(failed("key-1"));
    figures.keep(Set.of("key-2"));
    assertThat(figures.key("key-1")).isEqualTo(KeyFigures.NONE);
  }
}
