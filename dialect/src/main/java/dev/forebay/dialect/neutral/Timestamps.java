package dev.forebay.dialect.neutral;

import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.json.JsonWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When answers were made, as dialects say it. What is no such moment is none.
public final class Timestamps {

  private static final double LATEST = 1e11;
  private static final int NANOS = 1_000_000_000;

  private Timestamps() {}

  /// Seconds since 1970, with or without a fraction.
  public static @Nullable Instant seconds(JsonReader json) throws Fault {
    Double seconds = json.numberOrSkip();
    if (seconds == null || seconds < 0 || seconds > LATEST) {
      return null;
    }
    long whole = (long) Math.floor(seconds);
    return Instant.ofEpochSecond(whole, Math.round((seconds - whole) * NANOS));
  }

  /// As in `2026-11-27T10:00:00Z`.
  public static @Nullable Instant text(JsonReader json) throws Fault {
    String text = json.textOrSkip();
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException none) {
      return null;
    }
  }

  /// Writes seconds since 1970, with a fraction where there is one.
  public static void seconds(Instant moment, JsonWriter out) {
    if (moment.getNano() == 0) {
      out.number(moment.getEpochSecond());
      return;
    }
    BigDecimal seconds =
        BigDecimal.valueOf(moment.getEpochSecond()).add(BigDecimal.valueOf(moment.getNano(), 9));
    String plain = seconds.stripTrailingZeros().toPlainString();
    out.raw(Slice.of(plain.getBytes(StandardCharsets.US_ASCII)));
  }
}
