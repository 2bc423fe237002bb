package dev.forebay.control.yaml;

/// One thing wrong with a settings file, in words for its author. *Immutable.*
///
/// @param file as the author named it
/// @param line counted from 1, or 0 when it concerns the whole file
/// @param message what is wrong, what was expected and what to do
public record Problem(String file, int line, String message) {

  @Override
  public String toString() {
    return line > 0 ? file + ":" + line + ": " + message : file + ": " + message;
  }
}
