package dev.forebay.control.models;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Provider;
import dev.forebay.dialect.Usage;
import dev.forebay.prices.Price;
import dev.forebay.prices.Rates;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCatalogTest {

  private static final ModelCatalog SHIPPED = CatalogReader.shipped();

  // Thousandths of a dollar per million tokens, which are nano-dollars per token: input, read,
  // written for short and for long, output; then the threshold and the same for longer input.
  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "anthropic, claude-fable-5, 10000 1000 12500 20000 50000",
    "anthropic, claude-fable-5-1, 10000 250 12500 20000 50000",
    "anthropic, claude-opus-5-5, 4000 200 5000 8000 20000",
    "anthropic, claude-opus-5, 5000 500 6250 10000 25000",
    "anthropic, claude-opus-4-5, 5000 500 6250 10000 25000",
    "anthropic, claude-opus-4-8, 5000 500 6250 10000 25000",
    "anthropic, claude-sonnet-5, 2000 200 2500 4000 10000",
    "anthropic, claude-sonnet-5-5, 2000 200 2500 4000 10000",
    "anthropic, claude-haiku-5-5, 100 10 125 200 500 / 100001 500 50 625 1000 2500",
    "anthropic, claude-haiku-4-5, 1000 100 1250 2000 5000",
    "openai, gpt-6-astra, 10000 1000 12500 12500 50000 / 272000 20000 2000 25000 25000 75000",
    "openai, gpt-6-sol, 2000 200 2500 2500 10000 / 272000 4000 400 5000 5000 15000",
    "openai, gpt-6.1-sol, 2000 200 2500 2500 10000 / 272000 4000 400 5000 5000 15000",
    "openai, gpt-6-luna, 100 10 125 125 500 / 272000 200 20 250 250 750",
    "openai, gpt-5.6-sol, 4000 400 5000 5000 20000 / 272000 8000 800 10000 10000 30000",
    "openai, gpt-5.6-terra, 2000 200 2500 2500 12000 / 272000 4000 400 5000 5000 18000",
    "openai, gpt-5.6-luna, 200 20 250 250 1200 / 272000 400 40 500 500 1800",
    "openai, gpt-5.5, 5000 500 5000 5000 30000 / 272000 10000 1000 10000 10000 45000",
    "openai, gpt-5.4-mini, 750 75 750 750 4500",
    "openai, gpt-5.4-nano, 200 20 200 200 1250",
    "gemini, gemini-3.6-flash, 1500 150 1500 1500 7500",
    "gemini, gemini-3.8-flash, 1500 150 1500 1500 7500",
    "gemini, gemini-3.5-flash, 1500 150 1500 1500 9000",
    "gemini, gemini-3.1-pro-preview, 2000 200 2000 2000 12000 / 200001 4000 400 4000 4000 18000",
    "gemini, gemini-3.1-flash-lite, 250 25 250 250 1500",
    "gemini, gemini-2.5-pro, 1250 125 1250 1250 10000 / 200001 2500 250 2500 2500 15000",
    "gemini, gemini-2.5-flash, 300 30 300 300 2500"
  })
  void shipsTheListPrices(String provider, String model, String expected) {
    Price price = price(SHIPPED, provider, model);

    StringBuilder found = new StringBuilder();
    for (Price.Tier tier : price.tiers()) {
      Rates rates = tier.rates();
      found
          .append(tier.from() == 0 ? "" : " / " + tier.from() + " ")
          .append(rates.input() + " " + rates.cacheRead() + " " + rates.cacheWrite() + " ")
          .append(rates.cacheWriteLong() + " " + rates.output());
    }
    assertThat(found).hasToString(expected);
  }

  // Worked by hand: 19 turns read a prefix of 100k that the first one wrote.
  @Test
  void aConversationThatStaysOnOneAccountCostsSixtyThreeCents() {
    Price sonnet = price(SHIPPED, "anthropic", "claude-sonnet-5");
    Usage written = new Usage(0, 0, 100_000, 0, 0, 0, 0, 0, 0, 0, 0, false);
    Usage read = new Usage(0, 100_000, 0, 0, 0, 0, 0, 0, 0, 0, 0, false);

    assertThat(sonnet.of(written).nanoDollars() + 19 * sonnet.of(read).nanoDollars())
        .isEqualTo(630_000_000);
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "claude-opus-5-5-20261015, claude-opus-5-5",
    "claude-opus-5-20260724, claude-opus-5",
    "claude-haiku-4-5-latest, claude-haiku-4-5",
    "claude-opus-5-5, claude-opus-5-5"
  })
  void overlooksDatesAndRevisions(String asked, String found) {
    ModelEntry entry = requireNonNull(SHIPPED.find("anthropic", asked));

    assertThat(entry.model()).isEqualTo(found);
    assertThat(SHIPPED.find("anthropic", asked)).isSameAs(entry);
  }

  @Test
  void knowsNothingOfOtherNames() {
    assertThat(SHIPPED.find("anthropic", "claude-opus-5-5-mini")).isNull();
    assertThat(SHIPPED.find("anthropic", "gpt-6-sol")).isNull();
    assertThat(SHIPPED.find("nobody", "gpt-6-sol")).isNull();
    assertThat(SHIPPED.find("openai", "")).isNull();
    assertThat(SHIPPED.find("openai", "-2026-10-01")).isNull();
    assertThat(SHIPPED.find("gemini", "gemini-2.5-flash-001")).isNotNull();
    assertThat(SHIPPED.find("gemini", "models/gemini-2.5-flash")).isNotNull();
  }

  @Test
  void rememberedNamesAreBounded() {
    ModelCatalog catalog = ModelCatalog.of("1", List.of(entry("gpt-6*", 9)));
    for (int i = 0; i < 5_000; i++) {
      assertThat(catalog.find("openai", "gpt-6-" + i)).isNotNull();
      assertThat(catalog.find("openai", "other-" + i)).isNull();
    }
  }

  @Test
  void takesTheLongestPattern() {
    ModelCatalog catalog =
        ModelCatalog.of("1", List.of(entry("gpt*", 1), entry("gpt-6*", 2), entry("gpt-6-sol", 3)));

    assertThat(context(catalog, "gpt-6-sol")).isEqualTo(3);
    assertThat(context(catalog, "gpt-6-sol-2026-10-01")).isEqualTo(3);
    assertThat(context(catalog, "gpt-6-sol-pro")).isEqualTo(2);
    assertThat(context(catalog, "gpt-7")).isEqualTo(1);
  }

  @Test
  void aLayerWinsButForWhatItLeavesOpen() {
    Price own = Price.flat(Rates.ofText(1, 1, 1, 1, 1));
    ModelCatalog catalog =
        SHIPPED.with(
            "own",
            List.of(new ModelEntry(Provider.OPENAI, "gpt-6-sol", -1, -1, own), entry("new", 7)));

    ModelEntry over = requireNonNull(catalog.find("openai", "gpt-6-sol"));
    assertThat(over.price()).isEqualTo(own);
    assertThat(over.context()).isEqualTo(1_050_000);
    assertThat(over.maxOutput()).isEqualTo(-1);
    assertThat(context(catalog, "new")).isEqualTo(7);
    assertThat(catalog.version()).isEqualTo(SHIPPED.version() + "+own");
    assertThat(price(SHIPPED, "openai", "gpt-6-sol")).isNotEqualTo(own);
  }

  @Test
  void whatNoListSaysIsUnknown() {
    assertThat(requireNonNull(SHIPPED.find("anthropic", "claude-haiku-5-5")).context())
        .isEqualTo(-1);
    assertThat(SHIPPED.entries()).extracting(ModelEntry::maxOutput).containsOnly(-1L);
  }

  private static ModelEntry entry(String model, long context) {
    return new ModelEntry(Provider.OPENAI, model, context, -1, null);
  }

  private static long context(ModelCatalog catalog, String model) {
    return requireNonNull(catalog.find("openai", model)).context();
  }

  private static Price price(ModelCatalog catalog, String provider, String model) {
    @Nullable ModelEntry entry = catalog.find(provider, model);
    return requireNonNull(requireNonNull(entry).price());
  }
}
