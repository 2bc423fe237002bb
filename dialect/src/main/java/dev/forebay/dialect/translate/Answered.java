package dev.forebay.dialect.translate;

import dev.forebay.dialect.Usage;
import org.jspecify.annotations.Nullable;

/// What became of a whole answer of a provider.
public sealed interface Answered {

  /// @param body in the client's dialect
  /// @param resourceId the provider's name of the answer
  record Whole(byte[] body, Usage usage, @Nullable String resourceId) implements Answered {}

  /// It is not what the provider's dialect has.
  record Unreadable(String reason) implements Answered {}

  /// The provider's error in the client's dialect.
  record Refusal(int status, byte[] body) {}
}
