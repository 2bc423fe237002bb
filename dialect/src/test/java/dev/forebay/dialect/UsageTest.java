package dev.forebay.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsageTest {

  @Test
  void inputIsTheSumOfItsPartsAndOutputToo() {
    Usage usage = new Usage(1, 20, 300, 4_000, 5, 60, 50_000, 7, 8, 9, 10, false);
    assertThat(usage.input()).isEqualTo(54_321);
    assertThat(usage.output()).isEqualTo(65);
    assertThat(usage.total()).isEqualTo(54_386);
  }

  @Test
  void theEstimateOfTheRequestStandsInForAnInputNobodyStated() {
    assertThat(Usage.of(0, 7).orInput(100))
        .isEqualTo(new Usage(100, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, true));
    assertThat(Usage.of(5, 7).orInput(100)).isEqualTo(Usage.of(5, 7));
    assertThat(Usage.NONE.orInput(-1)).isEqualTo(Usage.NONE);
  }

  @Test
  void aGuessNeverLowersWhatWasStated() {
    assertThat(Usage.of(1, 50).estimatedWithOutput(20).output()).isEqualTo(50);
    assertThat(Usage.of(1, 50).estimatedWithOutput(80).output()).isEqualTo(80);
    Usage thinking = new Usage(1, 0, 0, 0, 5, 70, 0, 0, 0, 0, 0, false);
    assertThat(thinking.estimatedWithOutput(80).output()).isEqualTo(80);
  }
}
