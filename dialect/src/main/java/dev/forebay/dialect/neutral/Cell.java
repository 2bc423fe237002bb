package dev.forebay.dialect.neutral;

import org.jspecify.annotations.Nullable;

/// How one dialect says one feature. *Immutable.*
///
/// @param field where it stands; null when the dialect has no place for it
/// @param note what is lost or different all the same; what becomes of it when there is no place
public record Cell(@Nullable String field, @Nullable String note) {

  static Cell at(String field) {
    return new Cell(field, null);
  }

  static Cell at(String field, String note) {
    return new Cell(field, note);
  }

  static Cell none() {
    return new Cell(null, null);
  }

  static Cell none(String note) {
    return new Cell(null, note);
  }

  /// Whether a translation into the dialect may lose it.
  public boolean mayLose() {
    return field == null || note != null;
  }
}
