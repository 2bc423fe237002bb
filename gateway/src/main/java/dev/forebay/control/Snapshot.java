package dev.forebay.control;

import dev.forebay.control.models.ModelCatalog;
import dev.forebay.control.models.ModelEntry;
import dev.forebay.exchange.Directory;
import dev.forebay.exchange.Limits;
import dev.forebay.prices.Price;
import dev.forebay.secrets.Digest;
import java.time.ZoneId;
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
/// @param aliases requested model to the model that is asked for upstream
/// @param models what is known of models, prices among it
/// @param settings everything that is not a key
public record Snapshot(
    String workspace,
    Map<String, ClientKey> clientKeys,
    Map<String, ProviderKey> keys,
    Map<String, String> aliases,
    ModelCatalog models,
    Settings settings)
    implements Directory {

  /// Copies the maps.
  public Snapshot {
    clientKeys = Map.copyOf(clientKeys);
    keys = Map.copyOf(keys);
    aliases = Map.copyOf(aliases);
  }

  @Override
  public @Nullable ClientKey client(String presented) {
    return clientKeys.get(Digest.sha256(presented));
  }

  @Override
  public @Nullable ProviderKey reach(String id) {
    return keys.get(id);
  }

  @Override
  public String resolve(String model) {
    String target = aliases.get(model);
    return target == null ? model : target;
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
  public Limits limits() {
    return settings.limits();
  }

  @Override
  public ZoneId zone() {
    return settings.zone();
  }
}
