package dev.forebay.dialect.neutral;

/// What an answer may consist of.
public enum Modality {
  TEXT,
  AUDIO,
  /// The words of the sound beside it, which OpenAI calls text when sound is asked for.
  TRANSCRIPT,
  IMAGE,
  VIDEO
}
