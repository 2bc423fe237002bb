package dev.forebay.telemetry.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WindowTest {

  private final Window window = new Window();

  @Test
  void countsOneMinute() {
    for (int second = 1; second <= 120; second++) {
      window.add(second, 3, 0);
    }
    assertThat(window.perMinute(120)).isCloseTo(180, within(4.0));
    assertThat(window.perMinute(150)).isCloseTo(90, within(12.0));
    assertThat(window.perMinute(181)).isZero();
  }

  @Test
  void sharesAreOfFiveMinutes() {
    window.add(1, 10, 5);
    window.add(200, 10, 0);
    assertThat(window.markedShare(200)).isEqualTo(0.25);
    assertThat(window.markedShare(310)).isZero();
    assertThat(window.markedShare(10_000)).isZero();
  }
}
