package dev.forebay.control.audit;

import dev.forebay.control.ApiToken;
import dev.forebay.control.Person;
import dev.forebay.control.Role;
import org.jspecify.annotations.Nullable;

/// Who does something in the control plane, and from where. Immutable.
///
/// @param person null when it is Forebay itself: its set-up or its settings file
/// @param name what the audit log calls the actor
/// @param address where the request came from; empty when it came from nowhere
public record Actor(@Nullable Person person, String name, String address) {

  /// What follows from `forebay.yaml`.
  public static final Actor FILE = new Actor(null, "file", "");

  /// What follows from the start of the process.
  public static final Actor SET_UP = new Actor(null, "setup", "");

  /// A person with a session.
  public static Actor of(Person person, String address) {
    return new Actor(person, person.email(), address);
  }

  /// A script of the person's.
  public static Actor of(Person person, ApiToken token, String address) {
    return new Actor(
        person, person.email() + " (token " + token.name() + " …" + token.suffix() + ")", address);
  }

  /// Somebody whom nobody knows, by the name they gave.
  public static Actor unknown(String name, String address) {
    return new Actor(null, name, address);
  }

  /// What the actor may do; Forebay itself may do everything.
  public Role role() {
    return person == null ? Role.OWNER : person.role();
  }

  /// Whether keys, settings and members may be changed.
  public boolean manages() {
    return role().manages();
  }

  /// Whether the actor is this person.
  public boolean is(@Nullable String personId) {
    return person != null && person.id().equals(personId);
  }

  /// Refuses a caller that forgot to ask.
  ///
  /// @throws IllegalStateException when the actor may not change keys and settings
  public void requireManager() {
    if (!manages()) {
      throw new IllegalStateException(
          "role of " + name + ": " + role() + " (expected: owner or admin; check before)");
    }
  }
}
