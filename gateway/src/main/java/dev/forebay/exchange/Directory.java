package dev.forebay.exchange;

import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Provider;
import dev.forebay.prices.Price;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an exchange looks up of the configuration: one immutable state of it, pinned when the
/// exchange begins. Implementations are immutable.
public interface Directory {

  /// The owner of everything in this directory.
  String workspace();

  /// The caller behind a presented client key, or null when nobody holds that key.
  @Nullable Client client(String presentedKey);

  /// The caller with that id, or null when there is none any more.
  @Nullable Client clientOf(String id);

  /// Where a request for `model` may be served.
  ///
  /// @param model as the client named it; empty where the operation has none
  /// @param wish what this one request says of stand-ins; null for nothing
  Route route(Operation operation, String model, Client client, @Nullable StandIns wish);

  /// How much a model holds and writes.
  Capacity capacity(Target target);

  /// What can be asked for in the dialect of `own` besides the models that it lists itself:
  /// aliases, and the models of other providers that keys can serve. In the order of their names.
  List<Offer> offers(Provider own);

  /// Whether a conversation may hold what other providers reasoned: keys of several can serve.
  boolean mixed();

  /// How to reach the provider with this key, or null when the key has been removed.
  @Nullable UpstreamKey reach(String keyId);

  /// What a provider's model costs, or null when nobody knows.
  @Nullable Price price(String provider, String model);

  /// Which prices these are.
  String priceVersion();

  /// Towards whom a request is given a name for the provider's prompt cache.
  CacheKeys cacheKeys();

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

    /// Who may stand in for what it asks for; null for whoever the settings name.
    default @Nullable StandIns standIns() {
      return null;
    }
  }
}
