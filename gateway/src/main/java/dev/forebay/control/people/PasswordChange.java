package dev.forebay.control.people;

import java.time.Duration;

/// What came of changing a password.
public sealed interface PasswordChange {

  /// It is done; the person's other sessions have ended.
  record Done() implements PasswordChange {}

  /// The current password is another one.
  record WrongPassword() implements PasswordChange {}

  /// Too many tries; the next one is looked at after this time.
  record TooManyAttempts(Duration retryAfter) implements PasswordChange {}

  /// The new password cannot be used.
  record Invalid(String field, String message) implements PasswordChange {}

  /// `forebay.yaml` declares it.
  record ManagedByFile() implements PasswordChange {}
}
