package dev.forebay.exchange;

import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Headers as a test writes them: name and value in turn. *Immutable.*
record ScriptedHeaders(List<String> all) implements Headers {

  static ScriptedHeaders of(String... all) {
    return new ScriptedHeaders(List.of(all));
  }

  @Override
  public @Nullable String get(String name) {
    for (int i = 0; i < all.size(); i += 2) {
      if (all.get(i).equalsIgnoreCase(name)) {
        return all.get(i + 1);
      }
    }
    return null;
  }

  @Override
  public void each(BiConsumer<String, String> action) {
    for (int i = 0; i < all.size(); i += 2) {
      action.accept(all.get(i), all.get(i + 1));
    }
  }
}
