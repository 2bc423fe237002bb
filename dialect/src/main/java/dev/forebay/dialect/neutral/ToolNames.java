package dev.forebay.dialect.neutral;

import java.util.HashMap;
import java.util.Map;

/// The names of tools on their way to a target. *Confined to one call.*
public final class ToolNames {

  private final Map<String, String> originals = new HashMap<>();

  /// The name the target is given.
  public String fitted(String name) {
    String fitted = ToolIds.name(name);
    if (!fitted.equals(name)) {
      originals.put(fitted, name);
    }
    return fitted;
  }

  /// See [Reply#toolNames].
  public Map<String, String> originals() {
    return Map.copyOf(originals);
  }
}
