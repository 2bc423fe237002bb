package dev.forebay.dialect.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.HeaderLookup;
import dev.forebay.dialect.Property;
import dev.forebay.dialect.Provider;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
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

  @ParameterizedTest
  @EnumSource(Provider.class)
  void readsNothingWhereNothingIsStated(Provider provider) {
    assertThat(RateLimits.read(provider, headers("content-type", "application/json"), NOW))
        .isNull();
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

    assertThat(RateLimits.read(Provider.ANTHROPIC, headers, NOW))
        .isEqualTo(new RateLimits(4000, 3999, SECOND, 480_000, 477_000, 10 * SECOND));
  }

  @Test
  void takesTheTokensOfWhichTheFewestAreLeft() {
    HeaderLookup headers =
        headers(
            "anthropic-ratelimit-tokens-limit", "480000",
            "anthropic-ratelimit-tokens-remaining", "90000",
            "anthropic-ratelimit-tokens-reset", "2026-11-23T10:15:40Z",
            "anthropic-ratelimit-input-tokens-limit", "400000",
            "anthropic-ratelimit-input-tokens-remaining", "10000",
            "anthropic-ratelimit-input-tokens-reset", "2026-11-23T10:16:30Z");

    assertThat(RateLimits.read(Provider.ANTHROPIC, headers, NOW))
        .isEqualTo(new RateLimits(-1, -1, -1, 400_000, 10_000, 60 * SECOND));
  }

  @Test
  void outputTokensCountOnlyOnceTheyAreUsedUp() {
    String[] some = {
      "anthropic-ratelimit-input-tokens-limit", "30000",
      "anthropic-ratelimit-input-tokens-remaining", "20000",
      "anthropic-ratelimit-input-tokens-reset", "2026-11-23T10:15:50Z",
      "anthropic-ratelimit-output-tokens-limit", "8000",
      "anthropic-ratelimit-output-tokens-remaining", "5000",
      "anthropic-ratelimit-output-tokens-reset", "2026-11-23T10:15:45Z"
    };
    assertThat(RateLimits.read(Provider.ANTHROPIC, headers(some), NOW))
        .isEqualTo(new RateLimits(-1, -1, -1, 30_000, 20_000, 20 * SECOND));

    some[9] = "0";
    assertThat(RateLimits.read(Provider.ANTHROPIC, headers(some), NOW))
        .isEqualTo(new RateLimits(-1, -1, -1, 8000, 0, 15 * SECOND));
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

    assertThat(RateLimits.read(Provider.OPENAI, headers, NOW))
        .isEqualTo(
            new RateLimits(
                200, 0, Duration.parse("PT23H55M16.126S").toNanos(), 150_000, 149_984, 6_000_000));
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

    assertThat(RateLimits.read(Provider.OPENAI, headers, NOW))
        .isEqualTo(new RateLimits(-1, -1, -1, 1000, 900, 2 * SECOND));
  }

  @Test
  void anUnreadableValueIsUnknownAndTheRestStands() {
    HeaderLookup headers =
        headers(
            "x-ratelimit-limit-requests", "many",
            "x-ratelimit-remaining-requests", "7",
            "x-ratelimit-reset-requests", "soon",
            "x-ratelimit-remaining-tokens", "?");

    assertThat(RateLimits.read(Provider.OPENAI, headers, NOW))
        .isEqualTo(new RateLimits(-1, 7, -1, -1, -1, -1));
  }

  @Test
  void aResetThatHasPassedIsNow() {
    HeaderLookup headers =
        headers(
            "anthropic-ratelimit-requests-limit", "50",
            "anthropic-ratelimit-requests-remaining", "50",
            "anthropic-ratelimit-requests-reset", "2026-11-23T10:15:29Z");

    assertThat(RateLimits.read(Provider.ANTHROPIC, headers, NOW))
        .isEqualTo(new RateLimits(50, 50, 0, -1, -1, -1));
  }

  @Property
  void takesAnyValue(long seed) {
    Random random = new Random(seed);
    HeaderLookup headers = name -> random.nextInt(4) == 0 ? null : garbage(random);

    for (Provider provider : Provider.values()) {
      RateLimits limits = RateLimits.read(provider, headers, NOW);
      if (limits != null) {
        assertThat(limits.requestsRemaining()).isGreaterThanOrEqualTo(-1);
        assertThat(limits.tokensResetNanos()).isGreaterThanOrEqualTo(-1);
        assertThat(limits.requestsResetNanos()).isGreaterThanOrEqualTo(-1);
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
