package dev.forebay.dialect.neutral;

import dev.forebay.dialect.Provider;
import org.jspecify.annotations.Nullable;

/// A signature or an encrypted text that only its maker can read. *Immutable.*
///
/// Clients of another dialect get it with its owner in front, `fb1.<provider>.<group>.<payload>`,
/// in the field their dialect has for such things. They send it back as it is; so a conversation
/// can leave a provider and come back.
///
/// @param group digest of the limit group it was made under; null when nobody knows
public record Seal(Provider owner, @Nullable String group, String payload) {

  /// How every tagged seal begins.
  public static final String PREFIX = "fb1.";

  private static final String NO_GROUP = "-";

  /// Stands behind the provider when the words are inside the seal.
  private static final char REDACTED = '+';

  /// With its owner in front.
  public String tagged() {
    return tagged(false);
  }

  /// With its owner in front, for dialects that cannot say otherwise whether the words are inside.
  public String tagged(boolean redacted) {
    String name = redacted ? owner.id() + REDACTED : owner.id();
    return PREFIX + name + "." + (group == null ? NO_GROUP : group) + "." + payload;
  }

  /// Whether what a client holds is tagged by us and has the words inside.
  public static boolean isRedacted(String held) {
    int provider = held.startsWith(PREFIX) ? held.indexOf('.', PREFIX.length()) : -1;
    return provider > 0 && held.charAt(provider - 1) == REDACTED;
  }

  /// What a client holds: tagged by us, or untouched and then of the provider of that dialect.
  public static Seal of(String held, Provider nativeOwner) {
    if (held.startsWith(PREFIX)) {
      int provider = held.indexOf('.', PREFIX.length());
      int group = provider < 0 ? -1 : held.indexOf('.', provider + 1);
      if (group > 0) {
        int end = held.charAt(provider - 1) == REDACTED ? provider - 1 : provider;
        Provider owner = Provider.of(held.substring(PREFIX.length(), end));
        String name = held.substring(provider + 1, group);
        if (owner != null) {
          return new Seal(owner, name.equals(NO_GROUP) ? null : name, held.substring(group + 1));
        }
      }
    }
    return new Seal(nativeOwner, null, held);
  }

  /// Whether the target made it, as far as is known.
  public boolean belongsTo(Target target) {
    return owner == target.provider()
        && (group == null || target.group() == null || group.equals(target.group()));
  }

  /// As a client of that provider's dialect holds it: its own untouched, any other tagged.
  public String heldBy(Provider nativeOwner) {
    return owner == nativeOwner && group == null ? payload : tagged();
  }
}
