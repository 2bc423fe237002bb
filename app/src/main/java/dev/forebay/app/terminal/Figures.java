package dev.forebay.app.terminal;

import java.time.Duration;
import java.util.Locale;

/// Numbers short enough for a table.
public final class Figures {
  private Figures() {}

  /// `950`, `1.2k`, `45k`, `1.2M`.
  public static String count(long number) {
    if (number < 1_000) {
      return Long.toString(number);
    }
    return number < 999_500 ? scaled(number / 1e3, "k") : scaled(number / 1e6, "M");
  }

  private static String scaled(double number, String unit) {
    String text = String.format(Locale.ROOT, number < 9.95 ? "%.1f" : "%.0f", number);
    return (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text) + unit;
  }

  /// Time left, rounded up so that it never reads zero while there is some: `7s`, `2m 05s`, `7h
  /// 03m`.
  public static String countdown(Duration left) {
    long seconds = Math.max(0, (left.toMillis() + 999) / 1000);
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return String.format(Locale.ROOT, "%dm %02ds", seconds / 60, seconds % 60);
    }
    return String.format(Locale.ROOT, "%dh %02dm", seconds / 3600, seconds % 3600 / 60);
  }
}
