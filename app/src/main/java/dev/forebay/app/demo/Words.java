package dev.forebay.app.demo;

import java.util.random.RandomGenerator;

/// Makes up text.
final class Words {
  private static final String[] ALL = {
    "river", "intake", "turbine", "valley", "winter", "ledger", "harbour", "signal", "garden",
    "window", "copper", "engine", "orchard", "letter", "morning", "bridge"
  };

  private Words() {}

  /// So many words.
  static String some(RandomGenerator random, int count) {
    StringBuilder text = new StringBuilder(count * 8);
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : " ").append(ALL[random.nextInt(ALL.length)]);
    }
    return text.toString();
  }
}
