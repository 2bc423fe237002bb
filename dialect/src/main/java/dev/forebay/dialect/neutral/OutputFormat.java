package dev.forebay.dialect.neutral;

import dev.forebay.dialect.Slice;
import org.jspecify.annotations.Nullable;

/// What the text of the answer must be. *Immutable.*
public sealed interface OutputFormat {

  /// Some JSON object.
  record Json() implements OutputFormat {}

  /// JSON of that schema.
  record Schema(
      @Nullable String name, @Nullable String description, Slice schema, @Nullable Boolean strict)
      implements OutputFormat {}
}
