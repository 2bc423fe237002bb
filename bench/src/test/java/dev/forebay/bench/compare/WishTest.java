package dev.forebay.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WishTest {

  @Test
  void travelsAsAModelName() {
    Wish body = new Wish.Body(2048);
    Wish events = new Wish.Events(20, 600);

    assertThat(Wish.of(body.model())).isEqualTo(body);
    assertThat(Wish.of(events.model())).isEqualTo(events);
  }

  @Test
  void namesAModelThatIsNone() {
    assertThatThrownBy(() -> Wish.of("gpt-6"))
        .hasMessage("model: gpt-6 (expected: bench-b<bytes> or bench-e<per second>x<events>)");
  }
}
