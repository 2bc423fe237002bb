package dev.forebay.dialect.neutral;

import dev.forebay.dialect.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the provider's moderation found, where it was asked to look. *Immutable.*
public record Moderation(@Nullable Findings input, @Nullable Findings output) {

  /// @param model which looked
  /// @param results one for each thing looked at, as JSON that OpenAI's dialects share
  /// @param error why it could not look, as JSON
  public record Findings(@Nullable String model, List<Slice> results, @Nullable Slice error) {
    public Findings {
      results = List.copyOf(results);
    }
  }
}
