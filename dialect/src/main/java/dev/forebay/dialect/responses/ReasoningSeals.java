package dev.forebay.dialect.responses;

import dev.forebay.dialect.Provider;
import dev.forebay.dialect.neutral.Seal;
import org.jspecify.annotations.Nullable;

/// Encrypted reasoning, which goes back together with the id it came with: both are the payload of
/// one seal.
final class ReasoningSeals {

  private static final char SEPARATOR = '|';

  private ReasoningSeals() {}

  /// What the provider gave.
  static Seal made(@Nullable String id, String encrypted, @Nullable String group) {
    return new Seal(Provider.OPENAI, group, id == null ? encrypted : id + SEPARATOR + encrypted);
  }

  static String encrypted(Seal seal) {
    return seal.payload().substring(seal.payload().indexOf(SEPARATOR) + 1);
  }

  /// The id inside of a seal; else the one the item has by itself.
  static @Nullable String id(Seal seal, @Nullable String own) {
    int separator = seal.payload().indexOf(SEPARATOR);
    return separator < 0 ? own : seal.payload().substring(0, separator);
  }
}
