package dev.forebay.dialect.neutral;

import dev.forebay.dialect.json.Where;
import java.util.List;

/// What one side says at a time. *Immutable.*
///
/// Results of tools stand in the user's turn, before anything else in it.
public record Turn(Role role, List<Part> parts, Where where) {

  public Turn {
    parts = List.copyOf(parts);
  }

  /// Who speaks.
  public enum Role {
    SYSTEM,
    /// The instructions of whoever built the application, where a dialect sets them apart.
    DEVELOPER,
    USER,
    ASSISTANT;

    /// Whether it instructs the model.
    public boolean instructs() {
      return this == SYSTEM || this == DEVELOPER;
    }
  }
}
