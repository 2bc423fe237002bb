package dev.forebay.exchange;

import dev.forebay.prices.Price;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// What an exchange looks up of the configuration: one immutable state of it, pinned when the
/// exchange begins. Implementations are immutable.
public interface Directory {

  /// The owner of everything in this directory.
  String workspace();

  /// The caller behind a presented client key, or null when nobody holds that key.
  @Nullable Client client(String presentedKey);

  /// The model meant by `model`: itself unless an alias is declared.
  String resolve(String model);

  /// How to reach the provider with this key, or null when the key has been removed.
  @Nullable UpstreamKey reach(String keyId);

  /// What a provider's model costs, or null when nobody knows.
  @Nullable Price price(String provider, String model);

  /// Which prices these are.
  String priceVersion();

  /// Limits of every exchange.
  Limits limits();

  /// The zone in which messages give times of day.
  ZoneId zone();

  /// A caller as an exchange knows it.
  interface Client {
    /// Stable identity.
    String id();

    /// What people call it.
    String name();

    /// How much it may use; null for no limit.
    default @Nullable ClientLimits limits() {
      return null;
    }
  }
}
