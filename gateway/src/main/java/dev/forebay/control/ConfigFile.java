package dev.forebay.control;

import dev.forebay.control.ConfigReader.Reading;
import dev.forebay.control.models.CatalogReader;
import dev.forebay.control.models.ModelEntry;
import dev.forebay.control.yaml.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The settings file on disk, with the list of prices that it may name. *Thread-safe.*
///
/// Both count as one: a change of either has both read again, and when either is broken neither is
/// used.
public final class ConfigFile {
  private final @Nullable Path path;
  private final Function<String, @Nullable String> environment;
  private final UnaryOperator<Config> overrides;

  // guarded by this
  private final @Nullable WatchedFile settings;
  private @Nullable WatchedFile prices;

  /// Reads the file at `path`, or defaults alone when it is null.
  ///
  /// @param environment answers a variable's value, or null
  /// @param overrides what the command line says, applied to every reading
  public ConfigFile(
      @Nullable Path path,
      Function<String, @Nullable String> environment,
      UnaryOperator<Config> overrides) {
    this.path = path;
    this.environment = environment;
    this.overrides = overrides;
    this.settings =
        path == null ? null : new WatchedFile(path, "settings file", "name another with --config");
  }

  /// The file's name as it was given, or null when there is none.
  public @Nullable Path path() {
    return path;
  }

  /// Reads the file as it is now.
  public synchronized Reading read() {
    if (settings == null) {
      return new Reading.Good(overrides.apply(ConfigReader.defaults()));
    }
    String name = settings.path().toString();
    return switch (settings.read()) {
      case WatchedFile.Text.Whole(String text) ->
          switch (ConfigReader.read(name, text, environment)) {
            case Reading.Good(Config config) -> priced(config);
            case Reading.Broken broken -> broken;
          };
      case WatchedFile.Text.Unreadable(String why) -> unreadable(name, why);
    };
  }

  private Reading priced(Config config) {
    Path named = config.prices();
    if (named == null) {
      prices = null;
      return new Reading.Good(overrides.apply(config));
    }
    WatchedFile list = prices;
    if (list == null || !list.path().equals(named)) {
      list = new WatchedFile(named, "list of prices", "name another under prices, or leave it out");
      prices = list;
    }
    return switch (list.read()) {
      case WatchedFile.Text.Whole(String text) ->
          switch (CatalogReader.read(named.toString(), text)) {
            case CatalogReader.Reading.Good(String version, List<ModelEntry> models) ->
                new Reading.Good(overrides.apply(config.withPrices(version, models)));
            case CatalogReader.Reading.Broken(List<Problem> problems) ->
                new Reading.Broken(problems);
          };
      case WatchedFile.Text.Unreadable(String why) -> unreadable(named.toString(), why);
    };
  }

  private static Reading unreadable(String file, String why) {
    return new Reading.Broken(List.of(new Problem(file, 0, why)));
  }

  /// Whether the settings or the prices differ from what was last read, and did so already at the
  /// last look.
  public synchronized boolean changed() {
    boolean changed = settings != null && settings.changed();
    // Both are looked at each time: a change counts when it has stood still between two looks.
    return prices != null && prices.changed() || changed;
  }
}
