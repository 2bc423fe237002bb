package dev.forebay.control;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an edit does to one field.
public sealed interface Edit<T> {

  /// The field was left out: it stays as it is.
  record Keep<T>() implements Edit<T> {}

  /// The field goes back to its default, or to none.
  record Clear<T>() implements Edit<T> {}

  /// The field becomes this.
  record Put<T>(T value) implements Edit<T> {}

  static <T> Edit<T> keep() {
    return new Keep<>();
  }

  static <T> Edit<T> clear() {
    return new Clear<>();
  }

  static <T> Edit<T> put(T value) {
    return new Put<>(value);
  }

  /// The field as it is after the edit.
  ///
  /// @param now as it is before
  /// @param cleared what [Clear] makes of it
  default @Nullable T over(@Nullable T now, @Nullable T cleared) {
    return switch (this) {
      case Keep<T> _ -> now;
      case Clear<T> _ -> cleared;
      case Put<T>(T value) -> value;
    };
  }

  /// The value that is put, if one is.
  default Optional<T> wanted() {
    return this instanceof Put<T>(T value) ? Optional.of(value) : Optional.empty();
  }

  /// Whether the field stays as it is.
  default boolean keeps() {
    return this instanceof Keep<T>;
  }
}
