package dev.forebay.control.audit;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Figures as people say them, for the details of entries. Pure.
public final class Words {

  private static final long[] MILLIS = {86_400_000, 3_600_000, 60_000, 1_000, 1};
  private static final String[] UNITS = {"day", "hour", "minute", "second", "millisecond"};

  private Words() {}

  /// In the largest unit that is exact: "90 days", "1 hour", "1500 milliseconds"; "no time" for
  /// none.
  public static String of(Duration duration) {
    long millis = duration.toMillis();
    for (int i = 0; i < MILLIS.length; i++) {
      if (millis > 0 && millis % MILLIS[i] == 0) {
        return of(millis / MILLIS[i], UNITS[i]);
      }
    }
    return "no time";
  }

  /// How many of something: "1 request", "2,000,000 tokens".
  public static String of(long count, String what) {
    return String.format(Locale.ROOT, "%,d ", count) + what + (count == 1 ? "" : "s");
  }

  /// What something was and what it is now; null stands for none.
  public static String change(@Nullable Object before, @Nullable Object after) {
    return "from " + (before == null ? "none" : before) + " to " + (after == null ? "none" : after);
  }
}
