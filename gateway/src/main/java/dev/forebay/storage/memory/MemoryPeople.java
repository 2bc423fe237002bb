package dev.forebay.storage.memory;

import dev.forebay.control.ApiTokenStore;
import dev.forebay.control.PassStore;
import dev.forebay.control.PeopleStore;
import dev.forebay.control.Person;
import dev.forebay.control.SessionStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// People in memory, and what ends with them. Thread-safe.
final class MemoryPeople implements PeopleStore {

  private final MemoryStores stores;
  private final MemoryClientKeyStore clientKeys;
  private final MemorySessionStore sessions = new MemorySessionStore(this);
  private final MemoryPassStore passes = new MemoryPassStore();
  private final MemoryApiTokenStore apiTokens = new MemoryApiTokenStore(this);

  /// Guarded by `this`.
  private final List<Person> people = new ArrayList<>();

  /// By id; guarded by `this`.
  private final Map<String, String> passwords = new HashMap<>();

  MemoryPeople(MemoryStores stores, MemoryClientKeyStore clientKeys) {
    this.stores = stores;
    this.clientKeys = clientKeys;
  }

  SessionStore sessions() {
    return sessions;
  }

  PassStore passes() {
    return passes;
  }

  ApiTokenStore apiTokens() {
    return apiTokens;
  }

  @Override
  public synchronized List<Person> people(String workspace) {
    return people.stream()
        .filter(person -> person.workspace().equals(workspace))
        .sorted(Comparator.comparing(Person::createdAt).thenComparing(Person::id))
        .toList();
  }

  @Override
  public synchronized Optional<Person> person(String workspace, String id) {
    return people.stream()
        .filter(person -> person.workspace().equals(workspace) && person.id().equals(id))
        .findFirst();
  }

  @Override
  public synchronized Optional<Person> withEmail(String workspace, String email) {
    String normal = Person.normal(email);
    return people(workspace).stream().filter(one -> one.email().equals(normal)).findFirst();
  }

  @Override
  public synchronized Optional<String> passwordHash(String workspace, String id) {
    return person(workspace, id).map(person -> Objects.requireNonNull(passwords.get(person.id())));
  }

  @Override
  public synchronized boolean add(Person person, String passwordHash) {
    stores.require(person.workspace());
    if (person(person.workspace(), person.id()).isPresent()
        || withEmail(person.workspace(), person.email()).isPresent()) {
      return false;
    }
    Instant seen = person.lastSeenAt();
    people.add(
        person
            .withCreated(MemoryStores.kept(person.createdAt()))
            .withLastSeen(seen == null ? null : MemoryStores.kept(seen)));
    passwords.put(person.id(), passwordHash);
    return true;
  }

  @Override
  public synchronized boolean addFirst(Person person, String passwordHash) {
    return people(person.workspace()).isEmpty() && add(person, passwordHash);
  }

  @Override
  public synchronized boolean change(Person changed) {
    Person known = person(changed.workspace(), changed.id()).orElse(null);
    Person holder = withEmail(changed.workspace(), changed.email()).orElse(known);
    if (known == null || holder == null || !holder.id().equals(changed.id())) {
      return false;
    }
    people.set(
        people.indexOf(known),
        known.with(changed.email(), changed.name()).with(changed.role(), changed.source()));
    return true;
  }

  @Override
  public synchronized boolean password(String workspace, String id, String hash) {
    boolean known = person(workspace, id).isPresent();
    if (known) {
      passwords.put(id, hash);
    }
    return known;
  }

  @Override
  public synchronized void seen(String workspace, String id, Instant at) {
    person(workspace, id)
        .ifPresent(
            known -> people.set(people.indexOf(known), known.withLastSeen(MemoryStores.kept(at))));
  }

  @Override
  public synchronized boolean remove(String workspace, String id, Instant at) {
    boolean removed =
        people.removeIf(person -> person.workspace().equals(workspace) && person.id().equals(id));
    if (removed) {
      passwords.remove(id);
      sessions.removeOthers(workspace, id, null);
      passes.removeOf(workspace, id);
      apiTokens.removeOf(workspace, id);
    }
    clientKeys.revokeOf(workspace, id, at);
    return removed;
  }
}
