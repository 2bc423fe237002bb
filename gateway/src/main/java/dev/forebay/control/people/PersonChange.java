package dev.forebay.control.people;

import dev.forebay.control.Person;

/// What came of changing a person.
public sealed interface PersonChange {

  /// It is done.
  ///
  /// @param person as it is now, or was before it was removed
  record Done(Person person) implements PersonChange {}

  /// A field cannot be as it is.
  record Invalid(String field, String message) implements PersonChange {}

  /// Somebody else has that already.
  record Conflict(String message) implements PersonChange {}

  /// The actor's role does not reach that far.
  record Forbidden(String message) implements PersonChange {}

  /// `forebay.yaml` declares it.
  record ManagedByFile() implements PersonChange {}

  /// There is no such person.
  record NotFound() implements PersonChange {}
}
