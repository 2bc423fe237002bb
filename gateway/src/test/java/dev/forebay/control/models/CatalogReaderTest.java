package dev.forebay.control.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.models.CatalogReader.Reading;
import dev.forebay.control.yaml.Problem;
import dev.forebay.dialect.Provider;
import dev.forebay.prices.Price;
import dev.forebay.prices.Rates;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogReaderTest {

  @Test
  void readsModelsAlikeAndTiers() {
    Reading.Good read =
        good(
            """
            version: acme-7
            models:
              - provider: openai
                model: [gpt-6-sol, gpt-7*]
                context: 1.05M
                maxOutput: 128k
                price:
                  input: $2
                  output: 10
                  audioInput: 32
                  tiers:
                    - { from: 272k, input: 4 }
              - { provider: gemini, model: gemini-9 }
            """);

    Rates low = new Rates(2_000, 2_000, 2_000, 2_000, 10_000, 32_000, 10_000, 2_000, 10_000);
    Rates high = new Rates(4_000, 4_000, 4_000, 4_000, 10_000, 32_000, 10_000, 4_000, 10_000);
    Price price = new Price(List.of(new Price.Tier(0, low), new Price.Tier(272_000, high)));
    assertThat(read.version()).isEqualTo("acme-7");
    assertThat(read.entries())
        .containsExactly(
            new ModelEntry(Provider.OPENAI, "gpt-6-sol", 1_050_000, 128_000, price),
            new ModelEntry(Provider.OPENAI, "gpt-7*", 1_050_000, 128_000, price),
            new ModelEntry(Provider.GEMINI, "gemini-9", -1, -1, null));
  }

  @Test
  void namesTheNearestKnownKey() {
    assertThat(
            problems(
                """
                version: 1
                models:
                  - provider: openai
                    model: m
                    maxOutputs: 5
                    price: { input: 1, output: 2, cachedRead: 1 }
                """))
        .satisfiesExactly(
            one -> assertThat(one).startsWith("f.yaml:5:").contains("did you mean 'maxOutput'?"),
            two -> assertThat(two).startsWith("f.yaml:6:").contains("did you mean 'cacheRead'?"));
  }

  @Test
  void collectsEverythingThatIsWrong() {
    assertThat(
            problems(
                """
                models:
                  - provider: opnai
                    model: a*b
                    context: 0
                    price: { input: 1.2345, tiers: [ { from: 5, input: -1 }, { from: 5 } ] }
                  - model: [x, y]
                    price: 3
                  - provider: gemini
                  -
                """))
        .anySatisfy(text -> assertThat(text).contains("the file has no version"))
        .anySatisfy(text -> assertThat(text).contains("did you mean 'openai'?"))
        .anySatisfy(
            text -> assertThat(text).contains("models[0].context must be a number of tokens"))
        .anySatisfy(text -> assertThat(text).contains("models[0].price.input must be US dollars"))
        .anySatisfy(text -> assertThat(text).contains("models[0].price has no output"))
        .anySatisfy(text -> assertThat(text).contains("tiers[0].input must be"))
        .anySatisfy(text -> assertThat(text).contains("tiers[1].from must be larger than 5"))
        .anySatisfy(text -> assertThat(text).contains("models[1] has no provider"))
        .anySatisfy(text -> assertThat(text).contains("models[1].price must be a group"))
        .anySatisfy(text -> assertThat(text).contains("models[2] has no model"))
        .anySatisfy(text -> assertThat(text).contains("models[3] is empty"));
  }

  @Test
  void refusesOneNameTwiceAndStarsInTheMiddle() {
    assertThat(
            problems(
                """
                version: a b
                models:
                  - { provider: openai, model: m }
                  - { provider: openai, model: [m, 'a*b'] }
                """))
        .anySatisfy(text -> assertThat(text).contains("version must be"))
        .anySatisfy(text -> assertThat(text).contains("'m' is already described on line 3"))
        .anySatisfy(text -> assertThat(text).contains("may stand only at the end"));
  }

  @Test
  void refusesFilesWithoutModels() {
    assertThat(problems("version: 1"))
        .containsExactly("f.yaml:1: the file has no models; give it at least one model");
    assertThat(problems("")).hasSize(1);
    assertThat(problems("[")).hasSize(1);
  }

  private static Reading.Good good(String text) {
    Reading reading = CatalogReader.read("f.yaml", text);
    assertThat(reading).isInstanceOf(Reading.Good.class);
    return (Reading.Good) reading;
  }

  private static List<String> problems(String text) {
    Reading reading = CatalogReader.read("f.yaml", text);
    assertThat(reading).isInstanceOf(Reading.Broken.class);
    return ((Reading.Broken) reading).problems().stream().map(Problem::toString).toList();
  }
}
