package dev.forebay.control.models;

import dev.forebay.dialect.Provider;
import dev.forebay.prices.Price;
import org.jspecify.annotations.Nullable;

/// What is known of one model, or of all whose names begin alike. Immutable.
///
/// @param model the exact name, or a beginning followed by `*`
/// @param context tokens of input and output together; -1 for unknown
/// @param maxOutput the most tokens it writes in one answer; -1 for unknown
/// @param price null for unknown
public record ModelEntry(
    Provider provider, String model, long context, long maxOutput, @Nullable Price price) {

  /// Whether it stands for every model whose name begins so.
  boolean isPattern() {
    return model.endsWith("*");
  }

  /// The beginning that a pattern's models share.
  String prefix() {
    return model.substring(0, model.length() - 1);
  }

  /// This entry, with what it leaves open taken from another.
  ModelEntry over(@Nullable ModelEntry known) {
    return known == null
        ? this
        : new ModelEntry(
            provider,
            model,
            context < 0 ? known.context : context,
            maxOutput < 0 ? known.maxOutput : maxOutput,
            price == null ? known.price : price);
  }
}
