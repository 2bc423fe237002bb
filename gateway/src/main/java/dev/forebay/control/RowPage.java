package dev.forebay.control;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Usage rows that were looked for, the youngest first. Immutable.
///
/// @param next where to go on, which may be with few rows or none found so far; null when all that
///   could match has been looked at
public record RowPage(List<UsageRow> rows, @Nullable Position next) {

  public RowPage {
    rows = List.copyOf(rows);
  }
}
