package dev.forebay.transport.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forebay.pool.KeyView;
import dev.forebay.pool.Provenance;
import dev.forebay.pool.Status;
import dev.forebay.telemetry.live.KeyFigures;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RowFiguresTest {

  private static final RowFigures NOTHING = figures(0, 0, 0, Duration.ZERO, 0);

  private static RowFigures figures(
      double share, double perMinute, long usedNanoDollars, Duration latency, int inFlight) {
    KeyView view =
        new KeyView(
            "key-1",
            "key 1",
            "openai",
            "group",
            Provenance.ESTIMATED,
            5,
            Status.OPEN,
            false,
            List.of(),
            inFlight,
            0,
            0,
            Long.MAX_VALUE,
            0,
            usedNanoDollars,
            Long.MAX_VALUE,
            0,
            0,
            0,
            0,
            0,
            share,
            latency,
            latency,
            null,
            List.of());
    return RowFigures.of(view, new KeyFigures(perMinute, 0, null, null));
  }

  private static JsonObject changes(RowFigures now, RowFigures before) {
    StringBuilder text = new StringBuilder("{\"id\":1");
    now.changes(before, text);
    return new JsonObject(text.append('}').toString());
  }

  @Test
  void onlyWhatChangedIsWritten() {
    RowFigures now = figures(0.0049, 12.04, 0, Duration.ofMillis(312), 3);
    assertThat(changes(now, NOTHING).encode())
        .isEqualTo(
            "{\"id\":1,\"inFlight\":3,\"share\":0.005,\"requestsPerMinute\":12,"
                + "\"latencyP50\":312,\"latencyP95\":312}");
    assertThat(changes(now, now).fieldNames()).containsExactly("id");
    assertThat(changes(NOTHING, now).getInteger("inFlight")).isZero();
    assertThat(NOTHING.forgets(now)).isTrue();
    assertThat(now.forgets(NOTHING)).isFalse();
  }

  @Test
  void latencyIsExactWhereItIsShort() {
    assertThat(changes(figures(0, 0, 0, Duration.ofNanos(9_940_000), 0), NOTHING).encode())
        .isEqualTo("{\"id\":1,\"latencyP50\":9.9,\"latencyP95\":9.9}");
    assertThat(changes(figures(0, 0, 0, Duration.ofNanos(10_600_000), 0), NOTHING).encode())
        .isEqualTo("{\"id\":1,\"latencyP50\":11,\"latencyP95\":11}");
  }

  @Test
  void whatIsWrittenByHandIsWhatARowHas() {
    RandomGenerator random = new SplittableRandom(1);
    for (int i = 0; i < 1_000; i++) {
      double share = random.nextDouble();
      RowFigures now =
          figures(
              share,
              random.nextDouble(1e6),
              random.nextLong(1_000_000_000_000L),
              Duration.ZERO,
              random.nextInt(50));
      JsonObject row = new JsonObject();
      JsonObject budget = new JsonObject();
      now.putIn(row, budget);
      JsonObject written = changes(now, NOTHING);
      for (String name : List.of("inFlight", "share", "requestsPerMinute")) {
        assertThat(written.getDouble(name, 0.0)).isEqualTo(row.getDouble(name));
      }
      assertThat(written.getJsonObject("budget").getDouble("usedUsd"))
          .isEqualTo(budget.getDouble("usedUsd"));
      assertThat(row.getDouble("share")).isCloseTo(share, within(5e-4));
    }
  }
}
