package dev.forebay.dialect.neutral;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.json.Where;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Collects what one translation loses. *Confined to one call.*
public final class Losses {

  /// Whoever loses more than this knows enough.
  private static final int MOST = 64;

  private final Dialect client;
  private final Set<Loss> all = new LinkedHashSet<>();

  /// @param client the dialect whose fields the paths name
  public Losses(Dialect client) {
    this.client = client;
  }

  /// The dialect of whoever asks.
  public Dialect client() {
    return client;
  }

  /// Loses a feature that stands in one fixed field of the request.
  public void lose(Feature feature) {
    String field = feature.in(client).field();
    lose(feature, field == null ? feature.name() : field);
  }

  public void lose(Feature feature, Where where) {
    if (all.size() < MOST) {
      lose(feature, where.toString());
    }
  }

  public void lose(Feature feature, String path) {
    if (all.size() < MOST) {
      all.add(new Loss(feature, path));
    }
  }

  public List<Loss> all() {
    return List.copyOf(all);
  }
}
