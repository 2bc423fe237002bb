package dev.forebay.dialect.neutral;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.Provider;
import org.jspecify.annotations.Nullable;

/// Who is to answer. *Immutable.*
///
/// @param model the provider's name of it
/// @param group digest of the limit group, without dots; null when seals are not kept apart
/// @param traits what this model takes
public record Target(
    Provider provider, Dialect dialect, String model, @Nullable String group, Traits traits) {

  public Target {
    if (group != null && (group.isEmpty() || group.indexOf('.') >= 0)) {
      throw new IllegalArgumentException(
          "group must be a digest without dots, but is \"" + group + "\"");
    }
  }

  /// A target whose traits follow from the model's name.
  public static Target of(Provider provider, Dialect dialect, String model) {
    return new Target(provider, dialect, model, null, Traits.of(provider, model));
  }

  public Target withGroup(String digest) {
    return new Target(provider, dialect, model, digest, traits);
  }

  public Target withTraits(Traits other) {
    return new Target(provider, dialect, model, group, other);
  }
}
