package dev.forebay.dialect.translate;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.Provider;
import dev.forebay.dialect.neutral.Target;

/// A dialect as the golden files name it, with the model that stands for its provider.
enum Wire {
  CHAT(Dialect.OPENAI_CHAT, Provider.OPENAI, "gpt-4.1"),
  RESPONSES(Dialect.OPENAI_RESPONSES, Provider.OPENAI, "gpt-6-sol"),
  MESSAGES(Dialect.ANTHROPIC_MESSAGES, Provider.ANTHROPIC, "claude-opus-5-5"),
  GEMINI(Dialect.GEMINI_GENERATE, Provider.GEMINI, "gemini-3.1-pro-preview");

  final Dialect dialect;
  final Provider provider;
  final String model;

  Wire(Dialect dialect, Provider provider, String model) {
    this.dialect = dialect;
    this.provider = provider;
    this.model = model;
  }

  String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  Target target() {
    return Target.of(provider, dialect, model).withGroup("g1");
  }

  Target target(String other) {
    return Target.of(provider, dialect, other).withGroup("g1");
  }

  /// Options as the gateway would give them: Gemini's path says what its body does not.
  Translator.Options options(boolean stream) {
    Translator.Options options = Translator.Options.of("req1", 1_800_000_000L);
    return this == GEMINI ? options.withPath("gemini-3.1-pro-preview", stream, true) : options;
  }
}
