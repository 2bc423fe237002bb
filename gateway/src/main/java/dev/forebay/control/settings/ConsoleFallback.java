package dev.forebay.control.settings;

import dev.forebay.control.Config;
import dev.forebay.control.Routes;
import dev.forebay.control.SettingsStore;
import dev.forebay.control.SnapshotSource;
import dev.forebay.control.StoredFallback;
import dev.forebay.control.audit.Actor;
import dev.forebay.control.audit.AuditLog;
import dev.forebay.dialect.Provider;
import dev.forebay.exchange.Target;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who stands in for whom, as people read and change it. Thread-safe; may block.
public final class ConsoleFallback {

  /// As the file calls it.
  private static final String FIELD = "fallback";

  private final String workspace;
  private final SettingsStore store;
  private final SnapshotSource snapshots;
  private final AuditLog audit;

  public ConsoleFallback(
      String workspace, SettingsStore store, SnapshotSource snapshots, AuditLog audit) {
    this.workspace = workspace;
    this.store = store;
    this.snapshots = snapshots;
    this.audit = audit;
  }

  /// Whether the file declares it.
  public boolean managed() {
    return snapshots.managedSettings().contains(FIELD);
  }

  /// What is set now.
  public FallbackSettings settings() {
    Routes routes = snapshots.current().routes();
    StoredFallback set =
        managed()
            ? new StoredFallback(true, routes.fallback())
            : StoredFallback.read(store.settings(workspace).get(StoredFallback.NAME));
    Config.Fallback wanted = set.wanted();
    return new FallbackSettings(
        set.on(),
        wanted.order(),
        wanted.strict(),
        wanted.refusals(),
        wanted.models().stream()
            .map(group -> group.stream().map(routes::target).toList())
            .toList());
  }

  /// Groups that could be added.
  public List<List<Target>> suggestions() {
    return Suggestions.of(snapshots.current(), settings().groups());
  }

  /// Sets all of it, or nothing.
  public synchronized FallbackChange put(Actor actor, FallbackSettings settings) {
    actor.requireManager();
    if (managed()) {
      return new FallbackChange.ManagedByFile();
    }
    FallbackChange.Invalid wrong = problem(settings);
    if (wrong != null) {
      return wrong;
    }
    Config.Fallback wanted =
        new Config.Fallback(
            settings.order(),
            settings.groups().stream()
                .map(group -> group.stream().map(Target::toString).toList())
                .toList(),
            settings.strict(),
            settings.refusals());
    String text = new StoredFallback(settings.on(), wanted).text();
    store.change(workspace, Map.of(StoredFallback.NAME, text), Set.of());
    snapshots.refresh();
    audit.record(actor, "fallback.changed", FIELD, told(settings));
    return new FallbackChange.Done();
  }

  private static FallbackChange.@Nullable Invalid problem(FallbackSettings settings) {
    if (new HashSet<>(settings.order()).size() < settings.order().size()) {
      return new FallbackChange.Invalid("order", "must name each provider once");
    }
    Set<Target> seen = new HashSet<>();
    for (int i = 0; i < settings.groups().size(); i++) {
      String field = "groups." + i;
      List<Target> group = settings.groups().get(i);
      if (group.size() < 2) {
        return new FallbackChange.Invalid(
            field, "must name two models that stand in for each other");
      }
      Set<Provider> providers = EnumSet.noneOf(Provider.class);
      for (Target target : group) {
        if (!isName(target.model())) {
          return new FallbackChange.Invalid(field, "must hold names of models, without spaces");
        }
        if (!providers.add(target.provider())) {
          return new FallbackChange.Invalid(
              field, "must name one model of " + target.provider().id() + ", not several");
        }
        if (!seen.add(target)) {
          return new FallbackChange.Invalid(
              field, "must not name " + target + ", which another group has");
        }
      }
    }
    return null;
  }

  private static boolean isName(String model) {
    return !model.isEmpty() && model.chars().noneMatch(c -> c <= ' ' || c == 0x7f);
  }

  private static String told(FallbackSettings settings) {
    String order =
        settings.order().isEmpty()
            ? "each group's own"
            : settings.order().stream().map(Provider::id).collect(Collectors.joining(", "));
    return (settings.on() ? "on" : "off")
        + "; groups "
        + settings.groups().size()
        + "; order "
        + order
        + (settings.strict() ? "; strict" : "")
        + (settings.refusals() ? "; refusals too" : "");
  }
}
