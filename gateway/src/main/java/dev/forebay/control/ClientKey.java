package dev.forebay.control;

import dev.forebay.exchange.ClientLimits;
import dev.forebay.exchange.Directory;
import dev.forebay.exchange.StandIns;
import org.jspecify.annotations.Nullable;

/// A key Forebay issues to its own callers, without its secret. *Immutable.*
///
/// @param id stable identity, the one usage rows carry
/// @param name what people call it
/// @param suffix the last characters of the secret, enough to recognise it
/// @param source who may change it
/// @param limits how much its caller may use; null for no limit
/// @param standIns who may stand in for what it asks for; null for whoever the settings name
public record ClientKey(
    String id,
    String name,
    String suffix,
    Source source,
    @Nullable ClientLimits limits,
    @Nullable StandIns standIns)
    implements Directory.Client {

  /// A client key without limits.
  public ClientKey(String id, String name, String suffix, Source source) {
    this(id, name, suffix, source, null, null);
  }

  /// A client key whose requests fall back as the settings say.
  public ClientKey(
      String id, String name, String suffix, Source source, @Nullable ClientLimits limits) {
    this(id, name, suffix, source, limits, null);
  }
}
