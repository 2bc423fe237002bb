package dev.forebay.control.settings;

import dev.forebay.control.SettingsStore;
import dev.forebay.control.SnapshotSource;
import dev.forebay.control.StoredPrices;
import dev.forebay.control.audit.Actor;
import dev.forebay.control.audit.AuditLog;
import dev.forebay.control.models.ModelEntry;
import dev.forebay.dialect.Provider;
import dev.forebay.prices.Price;
import dev.forebay.prices.Rates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Prices that people set, over the catalogue's and the file's. Thread-safe; may block.
public final class ConsolePrices {

  /// More than there are models.
  private static final int MOST = 2_000;

  private final String workspace;
  private final SettingsStore store;
  private final SnapshotSource snapshots;
  private final AuditLog audit;

  public ConsolePrices(
      String workspace, SettingsStore store, SnapshotSource snapshots, AuditLog audit) {
    this.workspace = workspace;
    this.store = store;
    this.snapshots = snapshots;
    this.audit = audit;
  }

  /// What is set now.
  public List<ModelEntry> entries() {
    return StoredPrices.read(store.settings(workspace).get(StoredPrices.NAME));
  }

  /// Sets a price, which holds for the next request; false when there are too many.
  public synchronized boolean put(Actor actor, Provider provider, String model, Rates rates) {
    actor.requireManager();
    List<ModelEntry> entries = without(provider, model);
    if (entries.size() >= MOST) {
      return false;
    }
    entries.add(new ModelEntry(provider, model, -1, -1, Price.flat(rates)));
    write(entries);
    audit.record(actor, "price.overridden", provider.id() + "/" + model, "");
    return true;
  }

  /// Goes back to the catalogue's price; false when none was set.
  public synchronized boolean remove(Actor actor, Provider provider, String model) {
    actor.requireManager();
    List<ModelEntry> entries = without(provider, model);
    if (entries.size() == entries().size()) {
      return false;
    }
    write(entries);
    audit.record(actor, "price.override-removed", provider.id() + "/" + model, "");
    return true;
  }

  private List<ModelEntry> without(Provider provider, String model) {
    List<ModelEntry> entries = new ArrayList<>(entries());
    entries.removeIf(entry -> entry.provider() == provider && entry.model().equals(model));
    return entries;
  }

  private void write(List<ModelEntry> entries) {
    if (entries.isEmpty()) {
      store.change(workspace, Map.of(), Set.of(StoredPrices.NAME));
    } else {
      store.change(workspace, Map.of(StoredPrices.NAME, StoredPrices.text(entries)), Set.of());
    }
    snapshots.refresh();
  }
}
