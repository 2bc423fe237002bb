package dev.forebay.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RequestIdsTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.123Z");

  private final Random random = new Random(3);

  @Test
  void anIdTellsItsMillisecond() {
    String id = RequestIds.next(NOW, random);

    assertThat(id).hasSize(27).matches("fb_[0-9a-z]{24}");
    assertThat(RequestIds.span(id)).isEqualTo(new RequestIds.Span(NOW, NOW.plusMillis(1)));
  }

  @Test
  void aBeginningTellsASpanAroundIt() {
    String id = RequestIds.next(NOW, random);
    for (int length = 3; length < id.length(); length++) {
      RequestIds.Span span = Objects.requireNonNull(RequestIds.span(id.substring(0, length)));
      assertThat(NOW).isBetween(span.from(), span.to().minusMillis(1));
    }
  }

  @Test
  void idsSortByTimeAndAreUnique() {
    String first = RequestIds.next(NOW, random);
    assertThat(first).isNotEqualTo(RequestIds.next(NOW, random));
    assertThat(first).isLessThan(RequestIds.next(NOW.plusMillis(1), random));
  }

  @Test
  void whatIsNoIdHasNoTime() {
    assertThat(RequestIds.span("req_0123")).isNull();
    assertThat(RequestIds.span("fb_IIII")).isNull();
    assertThat(RequestIds.span("fb_" + "0".repeat(25))).isNull();
  }
}
