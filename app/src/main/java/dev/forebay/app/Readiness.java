package dev.forebay.app;

import dev.forebay.storage.Backlog;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whether requests should be sent here: what `/readyz` answers. *Thread-safe.*
final class Readiness implements Supplier<@Nullable String> {
  private final Supplier<Backlog> backlog;
  private volatile boolean stopping;

  Readiness(Supplier<Backlog> backlog) {
    this.backlog = backlog;
  }

  /// From now on, no more requests should come.
  void stop() {
    stopping = true;
  }

  /// Null when ready, else one clause that says what is missing.
  @Override
  public @Nullable String get() {
    if (stopping) {
      return "shutting down";
    }
    String problem = backlog.get().problem();
    return problem == null ? null : "usage cannot be stored: " + problem;
  }
}
