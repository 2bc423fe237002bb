package dev.forebay.control.settings;

import dev.forebay.control.Edit;
import dev.forebay.control.Settings;
import dev.forebay.control.SettingsStore;
import dev.forebay.control.SnapshotSource;
import dev.forebay.control.StoredSetting;
import dev.forebay.control.audit.Actor;
import dev.forebay.control.audit.AuditLog;
import dev.forebay.control.audit.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The settings, as people read and change them. Thread-safe; may block.
public final class WorkspaceSettings {

  private final String workspace;
  private final SettingsStore store;
  private final SnapshotSource snapshots;
  private final AuditLog audit;

  public WorkspaceSettings(
      String workspace, SettingsStore store, SnapshotSource snapshots, AuditLog audit) {
    this.workspace = workspace;
    this.store = store;
    this.snapshots = snapshots;
    this.audit = audit;
  }

  /// The settings that hold now.
  public Settings settings() {
    return snapshots.current().settings();
  }

  /// The names of the settings that the file declares, as they are called in the file.
  public Set<String> managed() {
    return snapshots.managedSettings();
  }

  /// Changes settings, all of them or none.
  public SettingsChange edit(Actor actor, SettingsEdit edit) {
    actor.requireManager();
    Draft draft = new Draft(managed());
    draft.take(
        StoredSetting.TIME_ZONE,
        "the zone of the budget day",
        edit.timeZone(),
        Function.identity(),
        Function.identity());
    draft.take(
        StoredSetting.MAX_WAIT,
        "the longest wait for a key",
        edit.maxWait(),
        Duration::toString,
        Words::of);
    draft.take(
        StoredSetting.MAX_WAITING,
        "how many requests may wait at once",
        edit.maxWaiting(),
        String::valueOf,
        String::valueOf);
    draft.take(
        StoredSetting.MAX_ATTEMPTS,
        "the most attempts of a request",
        edit.maxAttempts(),
        String::valueOf,
        String::valueOf);
    draft.take(
        StoredSetting.PROMPT_CACHE_KEY,
        "whose requests are given a prompt cache key",
        edit.promptCacheKey(),
        Function.identity(),
        Function.identity());
    draft.take(
        StoredSetting.RETENTION,
        "how long requests are kept",
        edit.retention(),
        Duration::toString,
        Words::of);
    draft.take(
        StoredSetting.KEEP_BODIES,
        "keeping of bodies",
        edit.keepBodies(),
        String::valueOf,
        keep -> keep ? "on" : "off");
    draft.take(
        StoredSetting.BODY_RETENTION,
        "how long bodies are kept",
        edit.bodyRetention(),
        Duration::toString,
        Words::of);
    draft.take(
        StoredSetting.SESSION_LIFETIME,
        "how long a session lives without use",
        edit.sessionLifetime(),
        Duration::toString,
        Words::of);
    SettingsChange refused = draft.refused;
    if (refused != null) {
      return refused;
    }
    if (!draft.told.isEmpty()) {
      store.change(workspace, draft.put, draft.remove);
      snapshots.refresh();
      audit.record(actor, "settings.changed", "settings", String.join("; ", draft.told));
    }
    return new SettingsChange.Done(settings(), managed());
  }

  /// What is to be written. Confined to one edit.
  private static final class Draft {

    private final Set<String> managed;
    final Map<String, String> put = new LinkedHashMap<>();
    final Set<String> remove = new HashSet<>();
    final List<String> told = new ArrayList<>();
    @Nullable SettingsChange refused;

    Draft(Set<String> managed) {
      this.managed = managed;
    }

    /// @param label what people call it
    /// @param text what is stored
    /// @param words what the audit log says
    <T> void take(
        StoredSetting setting,
        String label,
        Edit<T> edit,
        Function<T, String> text,
        Function<T, String> words) {
      if (refused != null || edit.keeps()) {
        return;
      }
      String name = setting.name();
      if (managed.contains(name)) {
        refused = new SettingsChange.ManagedByFile(name);
        return;
      }
      String value = edit.wanted().map(text).orElse(null);
      if (value == null) {
        remove.add(name);
        told.add(label + " is the default again");
        return;
      }
      String problem = setting.problem(value);
      if (problem != null) {
        refused = new SettingsChange.Invalid(name, problem);
        return;
      }
      put.put(name, value);
      edit.wanted().map(words).ifPresent(now -> told.add(label + " is now " + now));
    }
  }
}
