package dev.forebay.dialect.neutral;

/// Something of the request that the target cannot take. *Immutable.*
///
/// @param path of the field in the caller's own request
public record Loss(Feature feature, String path) {

  /// In words.
  public String what() {
    return path + ": " + feature.meaning();
  }
}
