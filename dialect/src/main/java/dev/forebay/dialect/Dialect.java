package dev.forebay.dialect;

/// A wire format: the shape of answers, errors and streams that a caller expects.
public enum Dialect {
  OPENAI_CHAT,
  OPENAI_RESPONSES,
  ANTHROPIC_MESSAGES,
  GEMINI_GENERATE
}
