package dev.forebay.transport.admin;

import dev.forebay.control.Snapshot;
import dev.forebay.control.SnapshotSource;
import dev.forebay.control.settings.ConsoleFallback;
import dev.forebay.control.settings.FallbackChange;
import dev.forebay.control.settings.FallbackSettings;
import dev.forebay.dialect.Provider;
import dev.forebay.exchange.Target;
import dev.forebay.pool.Pools;
import dev.forebay.pool.Tally;
import dev.forebay.pool.Ticker;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/// Which models stand in for which, and what would answer now. Thread-safe.
final class FallbackCalls {

  private final SnapshotSource snapshots;
  private final ConsoleFallback fallback;
  private final Pools pools;
  private final Ticker ticker;

  FallbackCalls(ConsoleParts parts) {
    this.snapshots = parts.snapshots();
    this.fallback = parts.fallback();
    this.pools = parts.pools();
    this.ticker = parts.ticker();
  }

  void addTo(Map<String, Function<ApiRequest, ApiAnswer>> handlers) {
    handlers.put("getFallback", _ -> ApiAnswer.json(json()));
    handlers.put("putFallback", this::put);
    handlers.put("previewFallback", this::preview);
  }

  private JsonObject json() {
    FallbackSettings settings = fallback.settings();
    JsonArray order = new JsonArray();
    settings.order().forEach(provider -> order.add(provider.id()));
    return new JsonObject()
        .put(
            "settings",
            new JsonObject()
                .put("enabled", settings.on())
                .put("order", order)
                .put("strict", settings.strict())
                .put("refusals", settings.refusals())
                .put("groups", groups(settings.groups())))
        .put("managed", fallback.managed())
        .put("suggestions", groups(fallback.suggestions()));
  }

  private static JsonArray groups(List<List<Target>> groups) {
    JsonArray json = new JsonArray();
    for (List<Target> group : groups) {
      JsonArray targets = new JsonArray();
      group.forEach(target -> targets.add(json(target)));
      json.add(targets);
    }
    return json;
  }

  private static JsonObject json(Target target) {
    return new JsonObject().put("provider", target.provider().id()).put("model", target.model());
  }

  private ApiAnswer put(ApiRequest request) {
    JsonObject body = request.body();
    List<Provider> order = new ArrayList<>();
    body.getJsonArray("order").forEach(id -> order.add(provider(id)));
    List<List<Target>> groups = new ArrayList<>();
    for (Object group : body.getJsonArray("groups")) {
      groups.add(
          ((JsonArray) group)
              .stream()
                  .map(JsonObject.class::cast)
                  .map(target ->
                      new Target(provider(target.getString("provider")), target.getString("model")))
                  .toList());
    }
    FallbackSettings wanted =
        new FallbackSettings(
            body.getBoolean("enabled"),
            order,
            body.getBoolean("strict"),
            body.getBoolean("refusals"),
            groups);
    return switch (fallback.put(request.actor(), wanted)) {
      case FallbackChange.Done() -> ApiAnswer.json(json());
      case FallbackChange.Invalid(String field, String message) ->
          ApiAnswer.invalid(field, message);
      case FallbackChange.ManagedByFile() -> ApiAnswer.managedByFile();
    };
  }

  /// A provider that the contract has passed.
  private static Provider provider(Object id) {
    return Objects.requireNonNull(Provider.of(id.toString()));
  }

  private ApiAnswer preview(ApiRequest request) {
    Snapshot snapshot = snapshots.current();
    Map<String, Target> asked = new LinkedHashMap<>();
    String model = request.optional("model");
    if (model == null) {
      fallback.settings().groups().stream()
          .flatMap(List::stream)
          .forEach(target -> asked.put(name(snapshot, target), target));
    } else {
      asked.put(model, snapshot.routes().target(model));
    }
    JsonArray models = new JsonArray();
    asked.forEach((name, target) -> {
      List<Target> targets = snapshot.routes().find(target.provider(), name, null).targets();
      models.add(new JsonObject().put("model", name).put("targets", states(snapshot, targets)));
    });
    return ApiAnswer.json(
        new JsonObject().put("at", Values.instant(ticker.now())).put("models", models));
  }

  /// What to ask for so that stand-ins are found: a target that is named with its provider has
  /// none.
  private static String name(Snapshot snapshot, Target target) {
    return snapshot.routes().target(target.model()).equals(target)
        ? target.model()
        : target.toString();
  }

  private JsonArray states(Snapshot snapshot, List<Target> targets) {
    JsonArray states = new JsonArray();
    boolean answered = false;
    for (Target target : targets) {
      Tally tally = pools.pool(target.provider().id(), target.model()).tally();
      boolean ready = tally.ready() > 0;
      JsonObject json =
          json(target)
              .put("state", !ready ? "cannot" : answered ? "stands-by" : "answers")
              .put("keys", tally.keys())
              .put("ready", tally.ready())
              .put("reason", tally.keys() == 0 ? "no key of it" : tally.describe(snapshot.zone()));
      Values.put(json, "nextAt", ready ? null : tally.nextAt().orElse(null));
      states.add(json);
      answered |= ready;
    }
    return states;
  }
}
