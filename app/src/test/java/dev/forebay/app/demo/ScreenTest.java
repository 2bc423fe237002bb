package dev.forebay.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.app.demo.Screen.Moment;
import dev.forebay.app.terminal.Figures;
import dev.forebay.app.terminal.Style;
import dev.forebay.pool.Axis;
import dev.forebay.pool.Cause;
import dev.forebay.pool.Headroom;
import dev.forebay.pool.KeyView;
import dev.forebay.pool.Period;
import dev.forebay.pool.Provenance;
import dev.forebay.pool.Scope;
import dev.forebay.pool.ScopedCooling;
import dev.forebay.pool.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Pages are compared with `src/test/golden/demo/`; `-Dgolden.rewrite=true` writes them anew.
class ScreenTest {
  private static final Instant NOW = Instant.parse("2026-11-23T16:57:00Z");
  private static final Moment MOMENT =
      new Moment(
          "http://127.0.0.1:4400",
          "http://127.0.0.1:4400/sign-in#link=one-time-token",
          Duration.ofSeconds(83),
          NOW,
          new Totals.Sums(1_234, 12.34, 87, 0));

  private static final List<KeyView> KEYS =
      List.of(
          key("openai", "main", 7, Status.OPEN, 120_000, 250_000, 4_000, 0.55),
          key("openai", "a-key-with-a-long-name", 7, cooling(75, Cause.FAILING), 0, 30_000, 0, 0),
          key(
              "openai",
              "contractor",
              7,
              new Status.Rejected("401 invalid_api_key: no", Provenance.PROVIDER, NOW),
              900,
              Long.MAX_VALUE,
              0,
              0),
          key("openai", "reserve", 2, Status.OPEN, 1_500_000, Long.MAX_VALUE, 0, 0.45),
          key(
              "anthropic",
              "team-a",
              8,
              new Status.Spent(NOW.plus(Duration.ofMinutes(423))),
              24_100,
              24_000,
              0,
              0),
          key("anthropic", "team-b", 8, cooling(12, Cause.RATE_LIMIT), 1, 400_000, 300, 1),
          key("anthropic", "idle", 8, new Status.Paused(Provenance.PERSON), 0, 2_000_000, 0, 0),
          modelCooling(),
          atItsLimit());

  private static Status cooling(long seconds, Cause cause) {
    return new Status.Cooling(
        NOW.plusSeconds(seconds), cause, "too many", Provenance.PROVIDER, Scope.GROUP);
  }

  private static KeyView key(
      String provider,
      String name,
      int priority,
      Status status,
      long used,
      long budget,
      long reserved,
      double share) {
    return view(
        provider, name, priority, status, used, budget, reserved, share, List.of(), List.of());
  }

  private static KeyView modelCooling() {
    ScopedCooling cooling =
        new ScopedCooling(
            Scope.GROUP_MODEL,
            "gemini",
            "g",
            "gemini-3.5-flash",
            NOW.plusMillis(8_200),
            false,
            Cause.RATE_LIMIT,
            "quota",
            Provenance.PROVIDER,
            1);
    return view("gemini", "free", 9, Status.OPEN, 10, 300_000, 0, 0.1, List.of(cooling), List.of());
  }

  private static KeyView atItsLimit() {
    Headroom none =
        new Headroom(
            "gemini-3.5-flash",
            Axis.REQUESTS,
            Period.MINUTE,
            60,
            0,
            NOW.plusSeconds(4),
            Provenance.PROVIDER);
    return view("gemini", "paid", 4, Status.OPEN, 10, 300_000, 0, 0.9, List.of(), List.of(none));
  }

  private static KeyView view(
      String provider,
      String name,
      int priority,
      Status status,
      long used,
      long budget,
      long reserved,
      double share,
      List<ScopedCooling> coolings,
      List<Headroom> headroom) {
    return new KeyView(
        provider + "/" + name,
        name,
        provider,
        "group",
        Provenance.CONFIGURATION,
        priority,
        status,
        false,
        coolings,
        reserved > 0 ? 3 : 0,
        reserved,
        used,
        budget,
        0,
        0,
        Long.MAX_VALUE,
        0,
        12_345,
        99,
        4,
        1,
        share,
        Duration.ofMillis(420),
        Duration.ofMillis(1_310),
        null,
        headroom);
  }

  @ParameterizedTest
  @CsvSource({"80,true", "100,true", "120,true", "140,true", "80,false"})
  void showsEveryKeyAtEveryWidth(int width, boolean symbols) throws IOException {
    List<String> page = new Screen(new Style(false, symbols), width).page(MOMENT, KEYS);

    Path golden = Path.of("src/test/golden/demo", width + (symbols ? "" : "-ascii") + ".txt");
    String text = String.join("\n", page) + "\n";
    if (Boolean.getBoolean("golden.rewrite")) {
      Files.createDirectories(golden.getParent());
      Files.writeString(golden, text);
    }
    assertThat(golden).content(StandardCharsets.UTF_8).isEqualTo(text);
    assertThat(page).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
    if (!symbols) {
      assertThat(text).matches("\\A\\p{ASCII}*\\z");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 100, 120, 140})
  void coloursChangeNothingButColours(int width) {
    List<String> plain = new Screen(new Style(false, true), width).page(MOMENT, KEYS);
    List<String> coloured = new Screen(new Style(true, true), width).page(MOMENT, KEYS);
    assertThat(coloured).isNotEqualTo(plain);
    assertThat(coloured.stream().map(line -> line.replaceAll("\u001b\\[\\d*m", "")).toList())
        .isEqualTo(plain);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "999, 999",
    "1000, 1k",
    "1234, 1.2k",
    "9949, 9.9k",
    "9960, 10k",
    "123456, 123k",
    "999499, 999k",
    "999500, 1M",
    "1234567, 1.2M"
  })
  void numbersAreShort(long number, String text) {
    assertThat(Figures.count(number)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0s", "1, 1s", "7000, 7s", "59001, 1m 00s", "125000, 2m 05s", "25380000, 7h 03m"})
  void countdownsNeverReadZeroTooEarly(long millis, String text) {
    assertThat(Figures.countdown(Duration.ofMillis(millis))).isEqualTo(text);
  }
}
