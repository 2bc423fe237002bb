package dev.forebay.simulator;

import java.util.Locale;

/// A vendor whose API is simulated.
enum Provider {
  ANTHROPIC,
  OPENAI,
  GEMINI;

  /// The name used in specifications, faults and reports.
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Provider of(String id) {
    for (Provider provider : values()) {
      if (provider.id().equals(id)) {
        return provider;
      }
    }
    throw new IllegalArgumentException(
        "provider: '" + id + "' (expected: anthropic, openai or gemini)");
  }
}
