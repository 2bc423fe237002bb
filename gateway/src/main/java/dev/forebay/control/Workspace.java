package dev.forebay.control;

import java.time.Instant;

/// The owner of keys, client keys and settings. Immutable.
public record Workspace(String id, String name, Instant createdAt) {

  /// The id of the workspace that a fresh install has.
  public static final String DEFAULT = "default";
}
