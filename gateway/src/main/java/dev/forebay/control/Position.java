package dev.forebay.control;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// Where a row stands in a list that is ordered by time: what a page of the list ends at.
/// Immutable.
///
/// @param at exact to the microsecond, as rows are stored
public record Position(Instant at, String id) implements Comparable<Position> {

  private static final Comparator<Position> ORDER =
      Comparator.comparing(Position::at).thenComparing(Position::id);

  private static final long MICROS = 1_000_000;

  public Position {
    at = at.truncatedTo(ChronoUnit.MICROS);
  }

  /// Reads what [#text] wrote; null when the text is something else.
  public static @Nullable Position parse(String text) {
    int dot = text.indexOf('.');
    if (dot < 1) {
      return null;
    }
    try {
      long micros = Long.parseLong(text, 0, dot, Character.MAX_RADIX);
      return new Position(
          Instant.ofEpochSecond(
              Math.floorDiv(micros, MICROS), 1_000 * Math.floorMod(micros, MICROS)),
          text.substring(dot + 1));
    } catch (NumberFormatException | DateTimeException e) {
      return null;
    }
  }

  /// The position as a text that only [#parse] needs to understand.
  public String text() {
    return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, at), Character.MAX_RADIX)
        + "."
        + id;
  }

  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }
}
