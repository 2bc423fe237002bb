package dev.forebay.telemetry;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The models that may be label values: the first that ever answered. *Thread-safe.*
///
/// A name is admitted by a completed answer only, so that names which no provider knows can not use
/// up the room.
final class ModelNames {

  static final int LIMIT = 100;
  static final String OTHER = "other";

  /// Operations without a model.
  static final String NONE = "none";

  private final Set<String> known = ConcurrentHashMap.newKeySet();

  /// The label value of a model, which is admitted if it `answered` and there is room.
  String label(String model, boolean answered) {
    if (model.isEmpty()) {
      return NONE;
    }
    if (known.contains(model)) {
      return model;
    }
    if (!answered || known.size() >= LIMIT) {
      return OTHER;
    }
    known.add(model);
    return model;
  }

  boolean knows(String model) {
    return known.contains(model);
  }
}
