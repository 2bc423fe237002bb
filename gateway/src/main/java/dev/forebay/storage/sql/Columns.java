package dev.forebay.storage.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// How values stand in columns that both databases understand.
final class Columns {

  private static final long MICROS_PER_SECOND = 1_000_000;

  private static final long NANOS_PER_MICRO = 1_000;

  private Columns() {}

  /// Microseconds since 1970; an instant too far away for that becomes the last or the first one.
  static long micros(Instant instant) {
    try {
      return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    } catch (ArithmeticException tooFar) {
      return instant.isAfter(Instant.EPOCH) ? Long.MAX_VALUE : Long.MIN_VALUE;
    }
  }

  /// The instant that [#micros] stored.
  static Instant instant(long micros) {
    if (micros == Long.MAX_VALUE) {
      return Instant.MAX;
    }
    if (micros == Long.MIN_VALUE) {
      return Instant.MIN;
    }
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS_PER_SECOND),
        Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO);
  }

  /// As [#micros], and null for none.
  static @Nullable Long microsOrNull(@Nullable Instant instant) {
    return instant == null ? null : micros(instant);
  }

  /// The instant that [#microsOrNull] stored in this column.
  static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    long micros = row.getLong(column);
    return row.wasNull() ? null : instant(micros);
  }

  /// Empty for none, in columns of a primary key.
  static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /// None for empty, as [#orEmpty] stored it.
  static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /// The text without the one character that PostgreSQL does not store; providers may send
  /// anything.
  static String storable(String text) {
    return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
  }

  static int flag(boolean value) {
    return value ? 1 : 0;
  }
}
