package dev.forebay.control;

import dev.forebay.control.models.CatalogReader;
import dev.forebay.control.models.ModelCatalog;
import dev.forebay.control.models.ModelEntry;
import dev.forebay.dialect.Provider;
import dev.forebay.secrets.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What `forebay.yaml` declares, checked and with defaults filled in. *Immutable.*
///
/// @param settings everything that is not a key
/// @param declared the names of those settings that the file says something about and that could be
///   set elsewhere
/// @param data where state lives
/// @param database a JDBC URL, which may carry a password; null for SQLite under `data`
/// @param owner who signs in to the console, if declared
/// @param clientKeys keys for callers, by the hex SHA-256 of the secret, in the order of the file
/// @param keys provider keys in the order of the file
/// @param aliases requested model to the model asked for upstream
/// @param prices a file with a list of models that goes over the shipped one; null for none
/// @param ownModels what the file itself says of models
/// @param models all that is known of models
/// @param fallback what stands in for what
/// @param google what connecting Google accounts needs
public record Config(
    Settings settings,
    Set<String> declared,
    Path data,
    @Nullable Secret database,
    @Nullable Owner owner,
    Map<String, ClientKey> clientKeys,
    List<ProviderKey> keys,
    Map<String, String> aliases,
    @Nullable Path prices,
    List<ModelEntry> ownModels,
    ModelCatalog models,
    Fallback fallback,
    GoogleSettings google) {

  /// Copies the lists.
  public Config {
    declared = Set.copyOf(declared);
    keys = List.copyOf(keys);
    aliases = Map.copyOf(aliases);
    ownModels = List.copyOf(ownModels);
  }

  /// The same with what the command line says instead; null leaves a setting as it is.
  public Config with(@Nullable HostPort listen, @Nullable Path otherData) {
    return new Config(
        listen == null ? settings : settings.withListen(listen),
        declared,
        otherData == null ? data : otherData,
        database,
        owner,
        clientKeys,
        keys,
        aliases,
        prices,
        ownModels,
        models,
        fallback,
        google);
  }

  /// The same with a list of models between the shipped one and its own.
  Config withPrices(String version, List<ModelEntry> list) {
    return new Config(
        settings,
        declared,
        data,
        database,
        owner,
        clientKeys,
        keys,
        aliases,
        prices,
        ownModels,
        CatalogReader.shipped().with(version, list).withOwn(ownModels),
        fallback,
        google);
  }

  /// Who signs in to the console.
  public record Owner(String email, Secret password) {}

  /// What stands in when a provider has no key left.
  ///
  /// @param order providers, the most wanted first
  /// @param models lists of models that stand in for one another
  /// @param strict whether a request that would lose something in a translation is refused
  /// @param refusals whether something stands in too when a model declines to answer
  public record Fallback(
      List<Provider> order, List<List<String>> models, boolean strict, boolean refusals) {
    /// Nothing stands in for anything.
    public static final Fallback NONE = new Fallback(List.of(), List.of(), false, false);
  }
}
