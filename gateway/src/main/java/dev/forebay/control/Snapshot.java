package dev.forebay.control;

import dev.forebay.control.models.ModelCatalog;
import dev.forebay.control.models.ModelEntry;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Provider;
import dev.forebay.exchange.CacheKeys;
import dev.forebay.exchange.Capacity;
import dev.forebay.exchange.Directory;
import dev.forebay.exchange.Limits;
import dev.forebay.exchange.Offer;
import dev.forebay.exchange.Route;
import dev.forebay.exchange.StandIns;
import dev.forebay.exchange.Target;
import dev.forebay.prices.Price;
import dev.forebay.secrets.Digest;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything the data path needs to know about one workspace, as of one moment. *Immutable.*
///
/// An exchange pins the snapshot it began with and reads nothing else, so that a change in the
/// middle of a request can not contradict itself.
///
/// @param workspace whose it is; every stored row carries it
/// @param clientKeys by the hex SHA-256 of the secret
/// @param keys provider keys by id
/// @param routes which targets may serve a requested model
/// @param models what is known of models, prices among it
/// @param settings everything that is not a key
/// @param mixed whether there are keys of several providers
public record Snapshot(
    String workspace,
    Map<String, ClientKey> clientKeys,
    Map<String, ProviderKey> keys,
    Routes routes,
    ModelCatalog models,
    Settings settings,
    boolean mixed)
    implements Directory {

  /// Of keys of several providers, or of one.
  public Snapshot(
      String workspace,
      Map<String, ClientKey> clientKeys,
      Map<String, ProviderKey> keys,
      Routes routes,
      ModelCatalog models,
      Settings settings) {
    this(
        workspace,
        clientKeys,
        keys,
        routes,
        models,
        settings,
        keys.values().stream().map(ProviderKey::provider).distinct().count() > 1);
  }

  /// Copies the maps.
  public Snapshot {
    clientKeys = Map.copyOf(clientKeys);
    keys = Map.copyOf(keys);
  }

  @Override
  public @Nullable ClientKey client(String presented) {
    return clientKeys.get(Digest.sha256(presented));
  }

  @Override
  public @Nullable ClientKey clientOf(String id) {
    for (ClientKey key : clientKeys.values()) {
      if (key.id().equals(id)) {
        return key;
      }
    }
    return null;
  }

  @Override
  public @Nullable ProviderKey reach(String id) {
    return keys.get(id);
  }

  @Override
  public Route route(
      Operation operation, String model, Directory.Client client, @Nullable StandIns wish) {
    return operation.translates()
        ? routes.find(operation.provider(), model, wish == null ? client.standIns() : wish)
        : routes.own(operation.provider(), model);
  }

  @Override
  public Capacity capacity(Target target) {
    ModelEntry known = models.find(target.provider().id(), target.model());
    return known == null ? Capacity.UNKNOWN : new Capacity(known.context(), known.maxOutput());
  }

  @Override
  public List<Offer> offers(Provider own) {
    return Offers.of(this, own);
  }

  /// Whether a key may serve the target, as far as the settings say.
  public boolean serves(Target target) {
    return keys.values().stream()
        .anyMatch(key -> key.provider() == target.provider() && key.spec().allows(target.model()));
  }

  @Override
  public boolean mixed() {
    return mixed;
  }

  @Override
  public @Nullable Price price(String provider, String model) {
    ModelEntry known = models.find(provider, model);
    return known == null ? null : known.price();
  }

  @Override
  public String priceVersion() {
    return models.version();
  }

  @Override
  public CacheKeys cacheKeys() {
    return settings.cacheKeys();
  }

  @Override
  public Limits limits() {
    return settings.limits();
  }

  @Override
  public ZoneId zone() {
    return settings.zone();
  }
}
