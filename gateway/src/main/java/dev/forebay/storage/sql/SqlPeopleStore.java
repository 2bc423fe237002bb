package dev.forebay.storage.sql;

import dev.forebay.control.PeopleStore;
import dev.forebay.control.Person;
import dev.forebay.control.Role;
import dev.forebay.control.Source;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// People in SQL. Thread-safe.
final class SqlPeopleStore implements PeopleStore {

  private static final String COLUMNS =
      """
      SELECT workspace, id, email, name, role, source, created_at, last_seen_at FROM person
      """;

  private final Database database;

  SqlPeopleStore(Database database) {
    this.database = database;
  }

  @Override
  public List<Person> people(String workspace) {
    return database.read(handle ->
        handle
            .createQuery(COLUMNS + "WHERE workspace = :workspace ORDER BY created_at, id")
            .bind("workspace", workspace)
            .map((row, context) -> person(row))
            .list());
  }

  @Override
  public Optional<Person> person(String workspace, String id) {
    return database.read(handle ->
        handle
            .createQuery(COLUMNS + "WHERE workspace = :workspace AND id = :id")
            .bind("workspace", workspace)
            .bind("id", id)
            .map((row, context) -> person(row))
            .findFirst());
  }

  @Override
  public Optional<Person> withEmail(String workspace, String email) {
    String storable = Columns.storable(Person.normal(email));
    return database.read(handle ->
        handle
            .createQuery(COLUMNS + "WHERE workspace = :workspace AND email = :email")
            .bind("workspace", workspace)
            .bind("email", storable)
            .map((row, context) -> person(row))
            .findFirst());
  }

  @Override
  public Optional<String> passwordHash(String workspace, String id) {
    return database.read(handle ->
        handle
            .createQuery("SELECT password FROM person WHERE workspace = :workspace AND id = :id")
            .bind("workspace", workspace)
            .bind("id", id)
            .mapTo(String.class)
            .findFirst());
  }

  @Override
  public boolean add(Person person, String passwordHash) {
    return database.write(handle -> insert(handle, person, passwordHash));
  }

  @Override
  public boolean addFirst(Person person, String passwordHash) {
    return database.write(handle -> {
      // Two that come at once wait for one another here, and the second sees what the first did.
      handle
          .createUpdate("UPDATE workspace SET name = name WHERE id = :workspace")
          .bind("workspace", person.workspace())
          .execute();
      boolean taken =
          handle
              .createQuery("SELECT 1 FROM person WHERE workspace = :workspace LIMIT 1")
              .bind("workspace", person.workspace())
              .mapTo(Integer.class)
              .findFirst()
              .isPresent();
      return !taken && insert(handle, person, passwordHash);
    });
  }

  private static boolean insert(Handle handle, Person person, String passwordHash) {
    SqlWorkspaceStore.require(handle, person.workspace());
    return handle
            .createUpdate(
                """
                INSERT INTO person
                  (workspace, id, email, name, role, source, password, created_at, last_seen_at)
                VALUES
                  (:workspace, :id, :email, :name, :role, :source, :password, :createdAt,
                   :lastSeenAt)
                ON CONFLICT DO NOTHING
                """)
            .bind("workspace", person.workspace())
            .bind("id", person.id())
            .bind("email", person.email())
            .bind("name", Columns.storable(person.name()))
            .bind("role", person.role().name())
            .bind("source", person.source().name())
            .bind("password", passwordHash)
            .bind("createdAt", Columns.micros(person.createdAt()))
            .bind("lastSeenAt", Columns.microsOrNull(person.lastSeenAt()))
            .execute()
        == 1;
  }

  @Override
  public boolean change(Person person) {
    return database.write(handle ->
        handle
                .createUpdate(
                    """
                    UPDATE person SET email = :email, name = :name, role = :role, source = :source
                    WHERE workspace = :workspace AND id = :id AND NOT EXISTS (
                      SELECT 1 FROM person AS other
                      WHERE other.workspace = :workspace AND other.email = :email
                        AND other.id != :id)
                    """)
                .bind("workspace", person.workspace())
                .bind("id", person.id())
                .bind("email", person.email())
                .bind("name", Columns.storable(person.name()))
                .bind("role", person.role().name())
                .bind("source", person.source().name())
                .execute()
            == 1);
  }

  @Override
  public boolean password(String workspace, String id, String hash) {
    return database.write(handle ->
        handle
                .createUpdate(
                    """
                    UPDATE person SET password = :hash WHERE workspace = :workspace AND id = :id
                    """)
                .bind("workspace", workspace)
                .bind("id", id)
                .bind("hash", hash)
                .execute()
            == 1);
  }

  @Override
  public void seen(String workspace, String id, Instant at) {
    database.change(handle ->
        handle
            .createUpdate(
                """
                UPDATE person SET last_seen_at = :at WHERE workspace = :workspace AND id = :id
                """)
            .bind("workspace", workspace)
            .bind("id", id)
            .bind("at", Columns.micros(at))
            .execute());
  }

  @Override
  public boolean remove(String workspace, String id, Instant at) {
    return database.write(handle -> {
      handle
          .createUpdate(
              """
              UPDATE client_key SET revoked_at = :at
              WHERE workspace = :workspace AND owner_id = :id AND revoked_at IS NULL
              """)
          .bind("workspace", workspace)
          .bind("id", id)
          .bind("at", Columns.micros(at))
          .execute();
      return handle
              .createUpdate("DELETE FROM person WHERE workspace = :workspace AND id = :id")
              .bind("workspace", workspace)
              .bind("id", id)
              .execute()
          == 1;
    });
  }

  /// Checks that there is such a person, so that one that was just removed is told as an answer.
  static boolean exists(Handle handle, String workspace, String id) {
    return handle
        .createQuery("SELECT 1 FROM person WHERE workspace = :workspace AND id = :id")
        .bind("workspace", workspace)
        .bind("id", id)
        .mapTo(Integer.class)
        .findFirst()
        .isPresent();
  }

  private static Person person(ResultSet row) throws SQLException {
    return new Person(
        row.getString("workspace"),
        row.getString("id"),
        row.getString("email"),
        row.getString("name"),
        Role.valueOf(row.getString("role")),
        Source.valueOf(row.getString("source")),
        Columns.instant(row.getLong("created_at")),
        Columns.instantOrNull(row, "last_seen_at"));
  }
}
