package dev.forebay.prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.dialect.Usage;
import dev.forebay.pool.TokenPrice;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriceTest {

  // 2 $ in, 0.2 read, 2.5 and 4 written, 10 out per million; double and half as much again above.
  private static final Rates LOW = Rates.ofText(2_000, 200, 2_500, 4_000, 10_000);
  private static final Rates HIGH = Rates.ofText(4_000, 400, 5_000, 8_000, 15_000);
  private static final Price TIERED =
      new Price(List.of(new Price.Tier(0, LOW), new Price.Tier(272_000, HIGH)));

  @Test
  void billsEveryPartOfTheUsageOnce() {
    Usage usage = new Usage(1_000, 2_000, 300, 40, 500, 600, 70, 0, 0, 0, 0, false);

    // 1000 and 70 of tools at 2000, 2000 at 200, 300 at 2500, 40 at 4000, 500 and 600 at 10000.
    assertThat(Price.flat(LOW).of(usage))
        .isEqualTo(new Cost(2_140_000 + 400_000 + 750_000 + 160_000 + 11_000_000));
  }

  @Test
  void billsSoundAndPicturesAtRatesOfTheirOwn() {
    Rates rates = new Rates(1_000, 100, 1_000, 1_000, 8_000, 3_000, 12_000, 2_000, 30_000);
    Usage usage = new Usage(1_000, 0, 0, 0, 500, 0, 0, 200, 100, 300, 50, false);

    // In: 500 of text, 200 of sound, 300 of pictures. Out: 350 of text, 100 of sound, 50 drawn.
    assertThat(rates.of(usage))
        .isEqualTo(new Cost(500_000 + 600_000 + 600_000 + 2_800_000 + 1_200_000 + 1_500_000));
  }

  @Test
  void soundThatCameFromTheCacheIsNotBilledTwice() {
    Rates rates = new Rates(1_000, 100, 1_000, 1_000, 8_000, 3_000, 12_000, 2_000, 30_000);
    Usage usage = new Usage(50, 950, 0, 0, 0, 0, 0, 400, 0, 0, 0, false);

    assertThat(rates.of(usage)).isEqualTo(new Cost(50 * 3_000 + 950 * 100));
  }

  @Test
  void theWholeRequestIsBilledInTheTierOfItsInput() {
    assertThat(TIERED.of(Usage.of(271_999, 100))).isEqualTo(new Cost(271_999 * 2_000L + 1_000_000));
    assertThat(TIERED.of(Usage.of(272_000, 100))).isEqualTo(new Cost(272_000 * 4_000L + 1_500_000));
    Usage cached = new Usage(2_000, 270_000, 0, 0, 100, 0, 0, 0, 0, 0, 0, false);
    assertThat(TIERED.of(cached)).isEqualTo(new Cost(8_000_000 + 108_000_000 + 1_500_000));
  }

  @Test
  void expectsTheTierOfTheEstimateAndHoldsTheNextWhereAnErrorMayReachIt() {
    assertThat(TIERED.expected(1_000)).isEqualTo(new TokenPrice(2_000, 10_000, 4_000, 10_000));
    assertThat(TIERED.expected(250_000)).isEqualTo(new TokenPrice(2_000, 10_000, 8_000, 15_000));
    assertThat(TIERED.expected(300_000)).isEqualTo(new TokenPrice(4_000, 15_000, 8_000, 15_000));
  }

  private static Usage cache(long read, long written, long writtenLong) {
    return new Usage(0, read, written, writtenLong, 0, 0, 0, 0, 0, 0, 0, false);
  }

  private static Cost saved(Usage... requests) {
    Usage sum = Usage.NONE;
    Cost paid = Cost.ZERO;
    for (Usage usage : requests) {
      sum = sum.plus(usage);
      paid = paid.plus(TIERED.of(usage));
    }
    return TIERED.saved(sum, paid);
  }

  @Test
  void whatWritingCostsOnTopIsTakenOffWhatReadingSaves() {
    Usage written = cache(0, 100_000, 0);
    Usage read = cache(100_000, 0, 0);

    // 0.27 $ were paid instead of 0.40.
    assertThat(saved(written, read)).isEqualTo(new Cost(130_000_000));
    assertThat(saved(written)).isEqualTo(new Cost(-50_000_000));
    assertThat(saved(cache(0, 0, 100_000))).isEqualTo(new Cost(-200_000_000));
    assertThat(saved(Usage.of(5_000, 5_000))).isEqualTo(Cost.ZERO);
  }

  @Test
  void whatLongRequestsSavedIsReckonedByTheirPrice() {
    Usage read = cache(300_000, 0, 0);
    Usage answered = read.plus(Usage.of(1_000, 20_000));

    assertThat(saved(read)).isEqualTo(new Cost(1_080_000_000));
    assertThat(saved(answered)).isEqualTo(new Cost(1_080_000_000));
    // Half of it was read by the low price, half by the high one.
    assertThat(saved(read, cache(100_000, 0, 0), cache(200_000, 0, 0)))
        .isEqualTo(new Cost(540_000_000 + 1_080_000_000));
  }

  @Test
  void whereTheCostIsUnknownTheLowestPriceHolds() {
    assertThat(TIERED.saved(cache(300_000, 0, 0), Cost.ZERO)).isEqualTo(new Cost(540_000_000));
  }

  @Test
  void absurdCountsDoNotOverflow() {
    Usage absurd =
        new Usage(
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            -5,
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            0,
            0,
            0,
            0,
            true);
    long most = Rates.LARGEST;

    assertThat(Rates.ofText(most, most, most, most, most).of(absurd).nanoDollars()).isPositive();
  }

  @Test
  void refusesTiersOutOfOrder() {
    assertThatThrownBy(() -> new Price(List.of(new Price.Tier(5, LOW))))
        .hasMessageContaining("the first 0");
    assertThatThrownBy(() -> new Price(List.of(new Price.Tier(0, LOW), new Price.Tier(0, HIGH))))
        .hasMessageContaining("rising thresholds");
  }

  @Test
  void showsDollars() {
    assertThat(Cost.ZERO).hasToString("$0.00");
    assertThat(new Cost(1_500_000_000)).hasToString("$1.50");
    assertThat(new Cost(1_250)).hasToString("$0.00000125");
    assertThat(new Cost(Long.MAX_VALUE).plus(new Cost(1)).nanoDollars()).isEqualTo(Long.MAX_VALUE);
  }
}
