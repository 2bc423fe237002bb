package dev.forebay.control;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where people live. Thread-safe; may block; a failure of the database is a [StorageException].
public interface PeopleStore {

  /// The workspace's people, ordered by creation and then by id.
  List<Person> people(String workspace);

  /// One person.
  Optional<Person> person(String workspace, String id);

  /// The person with this e-mail address, whatever its case.
  Optional<Person> withEmail(String workspace, String email);

  /// The hash of a person's password; empty if there is no such person.
  Optional<String> passwordHash(String workspace, String id);

  /// Adds a person; false, and nothing changes, when the id or the e-mail address is taken.
  ///
  /// @throws IllegalArgumentException when the workspace does not exist
  boolean add(Person person, String passwordHash);

  /// Adds the first person; false, and nothing changes, when the workspace has one already.
  ///
  /// @throws IllegalArgumentException when the workspace does not exist
  boolean addFirst(Person person, String passwordHash);

  /// Changes e-mail address, name, role and source; false, and nothing changes, when there is no
  /// such person or the address is somebody else's.
  boolean change(Person person);

  /// Replaces the password; false if there is no such person.
  boolean password(String workspace, String id, String hash);

  /// Notes that the person was there.
  void seen(String workspace, String id, Instant at);

  /// Removes a person with all sessions, API tokens and passes, and revokes the person's client
  /// keys, all of it or nothing; false if there was none.
  boolean remove(String workspace, String id, Instant at);
}
