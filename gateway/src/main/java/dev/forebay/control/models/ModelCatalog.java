package dev.forebay.control.models;

import dev.forebay.dialect.Provider;
import dev.forebay.secrets.Digest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What is known of every model. *Immutable*, but for remembering what was looked up.
///
/// A model is found by its exact name, else by its name without a date or a revision
/// (`gpt-6-sol-2026-10-01`, `claude-opus-5-5-20261015`, `gemini-2.5-flash-001`), else by the
/// longest pattern that fits. A name that is known costs one look-up in a map.
public final class ModelCatalog {

  /// Nothing is known of any model.
  public static final ModelCatalog EMPTY = new ModelCatalog("", List.of());

  // Names come from callers: a longer one, and one too many, is looked for each time.
  private static final int LONGEST_REMEMBERED = 256;
  private static final int MOST_REMEMBERED = 1_024;

  // Gemini's models are resources, and may be named as such.
  private static final String RESOURCE = "models/";

  // Of a digest, to tell settings apart.
  private static final int DIGITS = 8;

  private final String version;
  private final List<ModelEntry> entries;
  private final Map<String, Shelf> shelves = new HashMap<>();

  private ModelCatalog(String version, List<ModelEntry> entries) {
    this.version = version;
    this.entries = entries;
    for (Provider provider : Provider.values()) {
      shelves.put(
          provider.id(),
          new Shelf(entries.stream().filter(entry -> entry.provider() == provider).toList()));
    }
  }

  /// A catalogue of these entries alone.
  public static ModelCatalog of(String version, List<ModelEntry> entries) {
    return EMPTY.with(version, entries);
  }

  /// This catalogue with another layer over it. An entry of the layer replaces what is known of its
  /// name, but for what it leaves open.
  public ModelCatalog with(String layer, List<ModelEntry> over) {
    Map<String, ModelEntry> merged = new LinkedHashMap<>();
    for (ModelEntry entry : entries) {
      merged.put(name(entry), entry);
    }
    for (ModelEntry entry : over) {
      merged.put(name(entry), entry.over(merged.get(name(entry))));
    }
    return new ModelCatalog(
        version.isEmpty() ? layer : version + "+" + layer, List.copyOf(merged.values()));
  }

  /// This catalogue with the settings' own entries over it, under a version that tells them apart
  /// from others.
  public ModelCatalog withOwn(List<ModelEntry> own) {
    return own.isEmpty()
        ? this
        : with("own-" + Digest.sha256(own.toString()).substring(0, DIGITS), own);
  }

  private static String name(ModelEntry entry) {
    return entry.provider().id() + "/" + entry.model();
  }

  /// Which prices these are: the versions of its layers, joined by `+`.
  public String version() {
    return version;
  }

  /// Every entry, in the order of the layers.
  public List<ModelEntry> entries() {
    return entries;
  }

  /// A model's name without the date or revision at its end.
  public static String family(String model) {
    return model.substring(0, Revision.begin(model));
  }

  /// What is known of a provider's model, or null.
  public @Nullable ModelEntry find(String provider, String model) {
    Shelf shelf = shelves.get(provider);
    return shelf == null ? null : shelf.find(model);
  }

  /// The models of one provider.
  private static final class Shelf {
    private final Map<String, ModelEntry> exact = new HashMap<>();
    private final List<ModelEntry> patterns = new ArrayList<>();
    private final Map<String, Found> remembered = new ConcurrentHashMap<>();

    private record Found(@Nullable ModelEntry entry) {}

    Shelf(List<ModelEntry> entries) {
      for (ModelEntry entry : entries) {
        if (entry.isPattern()) {
          patterns.add(entry);
        } else {
          exact.put(entry.model(), entry);
        }
      }
      patterns.sort(
          Comparator.comparingInt((ModelEntry entry) -> entry.model().length()).reversed());
    }

    @Nullable ModelEntry find(String model) {
      ModelEntry known = exact.get(model);
      if (known != null) {
        return known;
      }
      Found before = remembered.get(model);
      if (before != null) {
        return before.entry();
      }
      ModelEntry searched = search(model);
      if (model.length() <= LONGEST_REMEMBERED && remembered.size() < MOST_REMEMBERED) {
        remembered.put(model, new Found(searched));
      }
      return searched;
    }

    private @Nullable ModelEntry search(String asked) {
      String model = asked.startsWith(RESOURCE) ? asked.substring(RESOURCE.length()) : asked;
      ModelEntry named = exact.get(model);
      if (named != null) {
        return named;
      }
      int end = Revision.begin(model);
      ModelEntry family = end == model.length() ? null : exact.get(model.substring(0, end));
      if (family != null) {
        return family;
      }
      for (ModelEntry pattern : patterns) {
        if (model.startsWith(pattern.prefix())) {
          return pattern;
        }
      }
      return null;
    }
  }
}
