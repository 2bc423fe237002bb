package dev.forebay.dialect.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.HeaderLookup;
import dev.forebay.dialect.Property;
import dev.forebay.dialect.Provider;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RateLimitsTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:15:30Z");
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private static HeaderLookup headers(String... namesAndValues) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return map::get;
  }

  private record Told(Counted counted, long limit, long remaining, long resetNanos) {}

  private static List<Told> read(Provider provider, HeaderLookup headers) {
    List<Told> told = new ArrayList<>();
    RateLimits.read(
        provider,
        headers,
        NOW,
        told,
        (to, counted, limit, remaining, reset) ->
            to.add(new Told(counted, limit, remaining, reset)));
    return told;
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void readsNothingWhereNothingIsStated(Provider provider) {
    assertThat(read(provider, headers("content-type", "application/json"))).isEmpty();
  }

  @Test
  void readsAnthropic() {
    HeaderLookup headers =
        headers(
            "anthropic-ratelimit-requests-limit", "4000",
            "anthropic-ratelimit-requests-remaining", "3999",
            "anthropic-ratelimit-requests-reset", "2026-11-23T10:15:31Z",
            "anthropic-ratelimit-tokens-limit", "480000",
            "anthropic-ratelimit-tokens-remaining", "477000",
            "anthropic-ratelimit-tokens-reset", "2026-11-23T10:15:40Z");

    assertThat(read(Provider.ANTHROPIC, headers))
        .containsExactly(
            new Told(Counted.REQUESTS, 4000, 3999, SECOND),
            new Told(Counted.TOKENS, 480_000, 477_000, 10 * SECOND));
  }

  @Test
  void readsInputAndOutputApartAndTheirSumOnlyWhenItIsALowerLimit() {
    String[] some = {
      "anthropic-ratelimit-input-tokens-limit", "30000",
      "anthropic-ratelimit-input-tokens-remaining", "20000",
      "anthropic-ratelimit-input-tokens-reset", "2026-11-23T10:15:50Z",
      "anthropic-ratelimit-output-tokens-limit", "8000",
      "anthropic-ratelimit-output-tokens-remaining", "5000",
      "anthropic-ratelimit-output-tokens-reset", "2026-11-23T10:15:45Z",
      "anthropic-ratelimit-tokens-limit", "38000",
      "anthropic-ratelimit-tokens-remaining", "25000",
      "anthropic-ratelimit-tokens-reset", "2026-11-23T10:15:50Z"
    };
    Told input = new Told(Counted.INPUT_TOKENS, 30_000, 20_000, 20 * SECOND);
    Told output = new Told(Counted.OUTPUT_TOKENS, 8_000, 5_000, 15 * SECOND);
    assertThat(read(Provider.ANTHROPIC, headers(some))).containsExactly(input, output);

    some[13] = "20000";
    assertThat(read(Provider.ANTHROPIC, headers(some)))
        .containsExactly(input, output, new Told(Counted.TOKENS, 20_000, 25_000, 20 * SECOND));
  }

  @Test
  void readsOpenAi() {
    HeaderLookup headers =
        headers(
            "x-ratelimit-limit-requests", "200",
            "x-ratelimit-remaining-requests", "0",
            "x-ratelimit-reset-requests", "23h55m16.126s",
            "x-ratelimit-limit-tokens", "150000",
            "x-ratelimit-remaining-tokens", "149984",
            "x-ratelimit-reset-tokens", "6ms");

    assertThat(read(Provider.OPENAI, headers))
        .containsExactly(
            new Told(Counted.REQUESTS, 200, 0, Duration.parse("PT23H55M16.126S").toNanos()),
            new Told(Counted.TOKENS, 150_000, 149_984, 6_000_000));
  }

  @Test
  void takesTheProjectsTokensWhenFewerAreLeft() {
    HeaderLookup headers =
        headers(
            "x-ratelimit-limit-tokens", "150000",
            "x-ratelimit-remaining-tokens", "149984",
            "x-ratelimit-reset-tokens", "6ms",
            "x-ratelimit-limit-project-tokens", "1000",
            "x-ratelimit-remaining-project-tokens", "900",
            "x-ratelimit-reset-project-tokens", "2s");

    assertThat(read(Provider.OPENAI, headers))
        .containsExactly(new Told(Counted.TOKENS, 1000, 900, 2 * SECOND));
  }

  @Test
  void anUnreadableValueIsUnknownAndTheRestStands() {
    HeaderLookup headers =
        headers(
            "x-ratelimit-limit-requests", "many",
            "x-ratelimit-remaining-requests", "7",
            "x-ratelimit-reset-requests", "soon",
            "x-ratelimit-remaining-tokens", "?");

    assertThat(read(Provider.OPENAI, headers))
        .containsExactly(new Told(Counted.REQUESTS, -1, 7, -1));
  }

  @Test
  void aResetThatHasPassedIsNow() {
    HeaderLookup headers =
        headers(
            "anthropic-ratelimit-requests-limit", "50",
            "anthropic-ratelimit-requests-remaining", "50",
            "anthropic-ratelimit-requests-reset", "2026-11-23T10:15:29Z");

    assertThat(read(Provider.ANTHROPIC, headers))
        .containsExactly(new Told(Counted.REQUESTS, 50, 50, 0));
  }

  @Property
  void takesAnyValue(long seed) {
    Random random = new Random(seed);
    HeaderLookup headers = name -> random.nextInt(4) == 0 ? null : garbage(random);

    for (Provider provider : Provider.values()) {
      for (Told told : read(provider, headers)) {
        assertThat(told.remaining()).isGreaterThanOrEqualTo(0);
        assertThat(told.limit()).isGreaterThanOrEqualTo(-1);
        assertThat(told.resetNanos()).isGreaterThanOrEqualTo(-1);
      }
    }
  }

  private static String garbage(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> Integer.toString(random.nextInt());
      case 1 -> "2026-1" + random.nextInt(9) + "-2" + random.nextInt(9) + "T10:15:3xZ";
      case 2 -> random.nextInt(99) + "m" + random.nextInt(99) + "s";
      case 3 -> Long.toString(random.nextLong()) + random.nextLong();
      case 4 -> "";
      default -> Character.toString(random.nextInt(0xD800)) + "Z";
    };
  }
}
