package dev.forebay.control;

import dev.forebay.control.ConfigReader.Reading;
import dev.forebay.control.SnapshotCompiler.Compiled;
import dev.forebay.control.yaml.Problem;
import dev.forebay.exchange.LiveTokens;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Holds the current [Snapshot] and replaces it when the file or the database changed.
/// *Thread-safe.*
///
/// [#current()] is one volatile read and belongs to the data path; everything else may block and
/// belongs to the control plane.
public final class SnapshotSource {
  private final String workspace;
  private final ConfigFile file;
  private final KeyStore keys;
  private final ClientKeyStore clientKeys;
  private final SettingsStore settings;
  private final Consumer<Notice> notices;
  private final List<SnapshotListener> listeners = new CopyOnWriteArrayList<>();

  private final LiveTokens tokens = new LiveTokens();

  private volatile Snapshot current;

  // guarded by this
  private Config config;
  private Set<Notice> said = Set.of();

  /// Compiles the first snapshot.
  ///
  /// @param config what `file` said when it was read
  /// @param notices told what the operator should know, each thing once as long as it lasts
  /// @throws StorageException when the database can not be read
  public SnapshotSource(
      String workspace,
      ConfigFile file,
      Config config,
      KeyStore keys,
      ClientKeyStore clientKeys,
      SettingsStore settings,
      Consumer<Notice> notices) {
    this.workspace = workspace;
    this.file = file;
    this.config = config;
    this.keys = keys;
    this.clientKeys = clientKeys;
    this.settings = settings;
    this.notices = notices;
    Compiled compiled = compile(config);
    current = compiled.snapshot();
    say(compiled.notices());
  }

  /// The snapshot that holds now. Pin it once per exchange.
  public Snapshot current() {
    return current;
  }

  /// The access tokens of the connected accounts.
  public LiveTokens tokens() {
    return tokens;
  }

  /// What the file says of Google accounts.
  public synchronized GoogleSettings google() {
    return config.google();
  }

  /// The names of the settings that the file declares, among those that the database could hold.
  public synchronized Set<String> managedSettings() {
    return config.declared();
  }

  /// Who the file declares to be the owner, as it was read last; null when it declares nobody.
  public synchronized Config.@Nullable Owner declaredOwner() {
    return config.owner();
  }

  /// Adds a listener, called from the next change on.
  public void onChange(SnapshotListener listener) {
    listeners.add(listener);
  }

  /// Looks whether the file changed, and if so reads it. A broken file is reported and changes
  /// nothing.
  ///
  /// @throws StorageException when the database can not be read
  public synchronized void poll() {
    if (!file.changed()) {
      return;
    }
    switch (file.read()) {
      case Reading.Good(Config next) -> {
        List<Notice> news = new ArrayList<>();
        List<String> later = needRestart(config, next);
        if (!later.isEmpty()) {
          news.add(
              new Notice(
                  true,
                  file.path()
                      + ": a change of "
                      + String.join(", ", later)
                      + " takes effect at the next start"));
        }
        config = next;
        replace();
        news.forEach(notices);
        notices.accept(new Notice(false, file.path() + " was read again" + summary()));
      }
      case Reading.Broken(List<Problem> problems) ->
          notices.accept(
              new Notice(
                  true,
                  problems.stream().map(Problem::toString).collect(Collectors.joining("\n"))
                      + "\n"
                      + file.path()
                      + " changed but can not be used; the settings from before stay in force"));
    }
  }

  private String summary() {
    Snapshot now = current;
    return ": "
        + count(now.keys().size(), "provider key")
        + ", "
        + count(now.clientKeys().size(), "client key");
  }

  private static String count(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  /// Reads the database again, after something in it changed.
  ///
  /// @throws StorageException when the database can not be read
  public synchronized void refresh() {
    replace();
  }

  private void replace() {
    Compiled compiled = compile(config);
    Snapshot before = current;
    current = compiled.snapshot();
    for (SnapshotListener listener : listeners) {
      listener.changed(before, current);
    }
    say(compiled.notices());
  }

  private Compiled compile(Config from) {
    return SnapshotCompiler.compile(
        workspace,
        from,
        tokens,
        keys.keys(workspace),
        clientKeys.clientKeys(workspace),
        settings.settings(workspace));
  }

  private void say(List<Notice> now) {
    for (Notice notice : now) {
      if (!said.contains(notice)) {
        notices.accept(notice);
      }
    }
    said = new HashSet<>(now);
  }

  private static List<String> needRestart(Config before, Config after) {
    List<String> names = new ArrayList<>();
    if (!before.settings().listen().equals(after.settings().listen())) {
      names.add(Fields.LISTEN.name());
    }
    if (!before.data().equals(after.data())) {
      names.add(Fields.DATA.name());
    }
    if (!Objects.equals(before.database(), after.database())) {
      names.add(Fields.DATABASE.name());
    }
    if (!before.settings().metrics().equals(after.settings().metrics())) {
      names.add(Fields.METRICS.name());
    }
    if (!before.settings().accessLog().equals(after.settings().accessLog())) {
      names.add(Fields.ACCESS_LOG.name());
    }
    return names;
  }
}
