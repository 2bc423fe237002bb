package dev.forebay.dialect;

import dev.forebay.dialect.BodyEdits.Edit;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes the thinking out of an Anthropic conversation that has moved to another account.
public final class ThinkingStripper {

  private ThinkingStripper() {}

  /// The splices that remove every `thinking` and `redacted_thinking` block of assistant turns, all
  /// else byte for byte; null when there is nothing to remove.
  public static @Nullable List<Edit> edits(InputStream messagesBody) {
    throw new UnsupportedOperationException();
  }
}
