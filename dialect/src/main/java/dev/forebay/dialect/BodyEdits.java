package dev.forebay.dialect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The few changes a body gets on its way, as splices.
public final class BodyEdits {

  private BodyEdits() {}

  /// Replaces the bytes from `from` (inclusive) to `to` (exclusive), counted in the unedited body.
  public record Edit(long from, long to, byte[] replacement) {}

  /// What a provider has to be sent in place of the caller's bytes.
  ///
  /// @param aliasedModel the model to name instead; null to keep the caller's
  /// @param askUsage whether a stream shall end with its usage
  public static List<Edit> forUpstream(
      RequestHead head, @Nullable String aliasedModel, boolean askUsage) {
    throw new UnsupportedOperationException();
  }

  /// The body with the edits made; what they do not touch is the same arrays.
  public static List<Slice> apply(List<Slice> body, List<Edit> edits) {
    throw new UnsupportedOperationException();
  }
}
