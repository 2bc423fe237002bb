package dev.forebay.control;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Somebody who may sign in. Immutable; the password is not here.
///
/// @param email the sign-in name, in lower case; unique in the workspace
/// @param source [Source#FILE] for the owner that `forebay.yaml` declares
/// @param lastSeenAt null when the person was never signed in
public record Person(
    String workspace,
    String id,
    String email,
    String name,
    Role role,
    Source source,
    Instant createdAt,
    @Nullable Instant lastSeenAt) {

  public Person {
    email = normal(email);
  }

  /// How an e-mail address is stored and compared.
  public static String normal(String email) {
    return email.strip().toLowerCase(Locale.ROOT);
  }

  /// This person under another name and address.
  public Person with(String otherEmail, String otherName) {
    return new Person(workspace, id, otherEmail, otherName, role, source, createdAt, lastSeenAt);
  }

  /// This person with another role, declared elsewhere.
  public Person with(Role otherRole, Source otherSource) {
    return new Person(workspace, id, email, name, otherRole, otherSource, createdAt, lastSeenAt);
  }

  /// This person, seen at another time.
  public Person withLastSeen(@Nullable Instant at) {
    return new Person(workspace, id, email, name, role, source, createdAt, at);
  }

  /// This person, known since another time.
  public Person withCreated(Instant at) {
    return new Person(workspace, id, email, name, role, source, at, lastSeenAt);
  }
}
