package dev.forebay.dialect;

import org.jspecify.annotations.Nullable;

/// An upstream vendor with its native dialect.
public enum Provider {
  ANTHROPIC("anthropic"),
  OPENAI("openai"),
  GEMINI("gemini");

  private final String id;

  Provider(String id) {
    this.id = id;
  }

  /// The word used in configuration, metrics and headers.
  public String id() {
    return id;
  }

  /// The provider of that id, or null when there is none.
  public static @Nullable Provider of(String id) {
    return switch (id) {
      case "anthropic" -> ANTHROPIC;
      case "openai" -> OPENAI;
      case "gemini" -> GEMINI;
      default -> null;
    };
  }
}
