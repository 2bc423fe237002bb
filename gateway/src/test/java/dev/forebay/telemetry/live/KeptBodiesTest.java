package dev.forebay.telemetry.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.testing.FakeTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeptBodiesTest {

  private final FakeTicker ticker = new FakeTicker();
  private boolean on = true;
  private final KeptBodies bodies =
      new KeptBodies(() -> on, () -> Duration.ofHours(1), ticker, 10_000);

  private void keep(String id, int size) {
    bodies.keep(id, new byte[size], new byte[size], false);
  }

  @Test
  void theOldestGoWhenThereIsNoRoom() {
    keep("a", 2_000);
    keep("b", 2_000);
    keep("c", 2_000);
    assertThat(bodies.find("a")).isNull();
    assertThat(bodies.find("b")).isNotNull();
    assertThat(bodies.find("c")).isNotNull();
  }

  @Test
  void theyAreForgottenAfterTheirTime() {
    keep("a", 10);
    ticker.advance(Duration.ofMinutes(40));
    keep("b", 10);
    ticker.advance(Duration.ofMinutes(40));
    bodies.sweep();
    assertThat(bodies.find("a")).isNull();
    assertThat(bodies.find("b")).isNotNull();
  }

  @Test
  void switchedOffNothingIsKept() {
    keep("a", 10);
    on = false;
    assertThat(bodies.most()).isZero();
    assertThat(bodies.find("a")).isNull();
    bodies.sweep();
    on = true;
    assertThat(bodies.find("a")).isNull();
  }
}
