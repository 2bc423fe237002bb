package dev.forebay.control.yaml;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Durations, sizes and numbers as people write them.
///
/// Every `parse` answers null for a text that is none; every `show` writes what `parse` reads.
public final class Quantities {
  private Quantities() {}

  private enum TimeUnit {
    MS("ms", 1),
    S("s", 1_000),
    M("m", 60_000),
    H("h", 3_600_000),
    D("d", 86_400_000);

    final String sign;
    final long millis;

    TimeUnit(String sign, long millis) {
      this.sign = sign;
      this.millis = millis;
    }
  }

  /// Reads `250ms`, `10s`, `1.5m`, `2h`, `90d` and sums such as `1h30m`; a bare `0` is zero.
  public static @Nullable Duration parseDuration(String text) {
    String rest = text.trim().toLowerCase(Locale.ROOT).replace(" ", "");
    if (rest.equals("0")) {
      return Duration.ZERO;
    }
    if (rest.isEmpty()) {
      return null;
    }
    BigDecimal millis = BigDecimal.ZERO;
    int at = 0;
    while (at < rest.length()) {
      int digits = at;
      while (at < rest.length() && (Character.isDigit(rest.charAt(at)) || rest.charAt(at) == '.')) {
        at++;
      }
      int unit = at;
      while (at < rest.length() && Character.isLetter(rest.charAt(at))) {
        at++;
      }
      BigDecimal number = decimal(rest.substring(digits, unit));
      TimeUnit scale = timeUnit(rest.substring(unit, at));
      if (number == null || scale == null) {
        return null;
      }
      millis = millis.add(number.multiply(BigDecimal.valueOf(scale.millis)));
    }
    return millis.compareTo(BigDecimal.valueOf(Long.MAX_VALUE / 1_000_000)) > 0
        ? null
        : Duration.ofMillis(millis.longValue());
  }

  private static @Nullable TimeUnit timeUnit(String sign) {
    for (TimeUnit unit : TimeUnit.values()) {
      if (unit.sign.equals(sign)) {
        return unit;
      }
    }
    return null;
  }

  /// The shortest exact form: `90s` is `90s`, `3600s` is `1h`.
  public static String show(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0) {
      return "0s";
    }
    TimeUnit best = TimeUnit.MS;
    for (TimeUnit unit : TimeUnit.values()) {
      if (millis % unit.millis == 0) {
        best = unit;
      }
    }
    return millis / best.millis + best.sign;
  }

  /// Reads `4096`, `512KiB`, `32MiB`, `1.5GiB`, `32MB`; `K`, `M` and `G` alone are powers of 1024.
  public static @Nullable Long parseSize(String text) {
    String plain = text.trim().toLowerCase(Locale.ROOT).replace(" ", "").replace("_", "");
    int unit = 0;
    while (unit < plain.length()
        && (Character.isDigit(plain.charAt(unit)) || plain.charAt(unit) == '.')) {
      unit++;
    }
    long scale =
        switch (plain.substring(unit)) {
          case "", "b" -> 1;
          case "k", "kib" -> 1L << 10;
          case "m", "mib" -> 1L << 20;
          case "g", "gib" -> 1L << 30;
          case "kb" -> 1_000;
          case "mb" -> 1_000_000;
          case "gb" -> 1_000_000_000;
          default -> 0;
        };
    return scaled(plain.substring(0, unit), scale);
  }

  /// The shortest exact form in powers of 1024.
  public static String showSize(long bytes) {
    String[] signs = {"B", "KiB", "MiB", "GiB"};
    int unit = 0;
    long rest = bytes;
    while (unit < signs.length - 1 && rest > 0 && rest % 1024 == 0) {
      rest /= 1024;
      unit++;
    }
    return rest + signs[unit];
  }

  /// Reads `2000000`, `2_000_000`, `2M`, `1.5M`, `500k`, `2B`.
  public static @Nullable Long parseCount(String text) {
    String plain = text.trim().toLowerCase(Locale.ROOT).replace("_", "");
    if (plain.isEmpty()) {
      return null;
    }
    long scale =
        switch (plain.charAt(plain.length() - 1)) {
          case 'k' -> 1_000;
          case 'm' -> 1_000_000;
          case 'g', 'b' -> 1_000_000_000;
          default -> 1;
        };
    return scaled(scale == 1 ? plain : plain.substring(0, plain.length() - 1), scale);
  }

  /// Reads `25`, `$12.50`, `0.075` as nano-dollars; at most nine decimals.
  public static @Nullable Long parseDollars(String text) {
    String plain = text.trim().replace("_", "");
    return scaled(plain.startsWith("$") ? plain.substring(1) : plain, 1_000_000_000);
  }

  private static @Nullable Long scaled(String digits, long scale) {
    BigDecimal number = decimal(digits);
    if (number == null || scale == 0) {
      return null;
    }
    BigDecimal value = number.multiply(BigDecimal.valueOf(scale));
    try {
      return value.longValueExact();
    } catch (ArithmeticException e) {
      return null;
    }
  }

  private static @Nullable BigDecimal decimal(String digits) {
    if (digits.isEmpty()
        || digits.length() > 30
        || !Character.isDigit(digits.charAt(0))
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.')
        || digits.indexOf('.') != digits.lastIndexOf('.')) {
      return null;
    }
    return new BigDecimal(digits);
  }
}
