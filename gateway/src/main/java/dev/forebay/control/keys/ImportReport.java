package dev.forebay.control.keys;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became, or would become, of every line of a paste. Immutable; holds no secret.
///
/// @param invalid what is wrong with the fields that hold for all lines; then there are no lines
public record ImportReport(
    int added, int duplicates, int bad, List<Line> lines, KeyChange.@Nullable Invalid invalid) {

  public ImportReport {
    lines = List.copyOf(lines);
  }

  /// What a line is.
  public enum State {
    NEW,
    DUPLICATE,
    BAD
  }

  /// One line that is neither empty nor a remark.
  ///
  /// @param number from 1
  /// @param provider the provider's id; null when it is not known
  /// @param name what the key is, or would be, called; null for bad lines
  /// @param message what is wrong, what the key is a duplicate of, or what to know of a new one;
  ///   null when there is nothing to say
  public record Line(
      int number,
      State state,
      @Nullable String provider,
      @Nullable String name,
      @Nullable String suffix,
      @Nullable String message) {}
}
