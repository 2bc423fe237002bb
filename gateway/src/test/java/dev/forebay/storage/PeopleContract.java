package dev.forebay.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.ApiToken;
import dev.forebay.control.AuditEntry;
import dev.forebay.control.Pass;
import dev.forebay.control.Person;
import dev.forebay.control.Position;
import dev.forebay.control.Role;
import dev.forebay.control.Source;
import dev.forebay.control.StoredClientKey;
import dev.forebay.control.StoredSession;
import dev.forebay.control.Workspace;
import dev.forebay.exchange.ClientLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What every store does for people and what they hold.
public abstract class PeopleContract extends GoogleContract {

  private static final String HOME = Workspace.DEFAULT;
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.123456Z");

  private static Person person(String id, String email) {
    return new Person(HOME, id, email, "Zoë 🌊", Role.MEMBER, Source.DATABASE, NOW, null);
  }

  private static StoredSession session(String id, String personId, Instant seen) {
    return new StoredSession(HOME, id, personId, "hash-" + id, NOW, seen, "10.0.0.1", "browser");
  }

  private static Pass pass(String id, Pass.Kind kind, Instant expires) {
    return new Pass(HOME, id, kind, null, "x@example.com", Role.ADMIN, "ann", NOW, expires);
  }

  @Test
  void givesPeopleBackAsTheyWere() {
    Person ann = person("p1", "Ann@Example.com");
    assertThat(stores().people().add(ann, "hash-a")).isTrue();

    assertThat(stores().people().people(HOME)).containsExactly(ann);
    assertThat(stores().people().person(HOME, "p1")).contains(ann);
    assertThat(stores().people().withEmail(HOME, "ANN@example.COM")).contains(ann);
    assertThat(stores().people().withEmail(HOME, "bob@example.com")).isEmpty();
    assertThat(stores().people().passwordHash(HOME, "p1")).contains("hash-a");
    assertThat(stores().people().passwordHash(HOME, "p2")).isEmpty();
  }

  @Test
  void anEmailAddressBelongsToOnePerson() {
    stores().people().add(person("p1", "ann@example.com"), "a");
    assertThat(stores().people().add(person("p2", "ANN@example.com"), "b")).isFalse();
    assertThat(stores().people().add(person("p1", "other@example.com"), "b")).isFalse();
    assertThat(stores().people().add(person("p3", "bob@example.com"), "b")).isTrue();

    assertThat(stores().people().change(person("p3", "ann@example.com"))).isFalse();
    assertThat(stores().people().change(person("p9", "new@example.com"))).isFalse();
    Person changed = person("p3", "new@example.com").with(Role.ADMIN, Source.FILE);
    assertThat(stores().people().change(changed)).isTrue();
    assertThat(stores().people().person(HOME, "p3")).contains(changed);
  }

  @Test
  void onlyOneIsTheFirst() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Boolean>> answers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Person one = person("p" + i, "p" + i + "@example.com");
        answers.add(threads.submit(() -> stores().people().addFirst(one, "hash")));
      }
      int first = 0;
      for (Future<Boolean> answer : answers) {
        first += answer.get() ? 1 : 0;
      }
      assertThat(first).isEqualTo(1);
    }
    assertThat(stores().people().people(HOME)).hasSize(1);
  }

  @Test
  void notesPasswordsAndVisits() {
    stores().people().add(person("p1", "ann@example.com"), "a");

    assertThat(stores().people().password(HOME, "p1", "b")).isTrue();
    assertThat(stores().people().password(HOME, "p2", "b")).isFalse();
    stores().people().seen(HOME, "p1", NOW.plusSeconds(5));

    assertThat(stores().people().passwordHash(HOME, "p1")).contains("b");
    assertThat(stores().people().person(HOME, "p1").map(Person::lastSeenAt))
        .isEqualTo(Optional.of(NOW.plusSeconds(5)));
  }

  @Test
  void whatAPersonHoldsEndsWithThePerson() {
    stores().people().add(person("p1", "ann@example.com"), "a");
    stores().people().add(person("p2", "bob@example.com"), "b");
    for (String id : List.of("p1", "p2")) {
      stores().sessions().add(session("s-" + id, id, NOW));
      stores()
          .apiTokens()
          .add(new ApiToken(HOME, "t-" + id, id, "ci", "wxyz", NOW, null, null), "token-" + id);
      stores()
          .clientKeys()
          .add(
              new StoredClientKey(
                  HOME, "c-" + id, "c", "c-" + id, "", id, ClientLimits.NONE, null, NOW, null));
    }
    Pass link =
        new Pass(HOME, "l", Pass.Kind.SIGN_IN, "p1", "", Role.MEMBER, "", NOW, NOW.plusSeconds(60));
    stores().passes().add(link, "link");

    assertThat(stores().people().remove(HOME, "p1", NOW)).isTrue();
    assertThat(stores().people().remove(HOME, "p1", NOW)).isFalse();

    assertThat(stores().sessions().withHash(HOME, "hash-s-p1")).isEmpty();
    assertThat(stores().sessions().withHash(HOME, "hash-s-p2")).isPresent();
    assertThat(stores().apiTokens().withHash(HOME, "token-p1")).isEmpty();
    assertThat(stores().apiTokens().withHash(HOME, "token-p2")).isPresent();
    assertThat(stores().passes().passes(HOME, Pass.Kind.SIGN_IN)).isEmpty();
    assertThat(stores().clientKeys().clientKeys(HOME))
        .extracting(StoredClientKey::revokedAt)
        .containsExactly(NOW, null);
    assertThat(stores().sessions().add(session("s9", "p1", NOW))).isFalse();
    assertThat(
            stores()
                .apiTokens()
                .add(new ApiToken(HOME, "t9", "p1", "ci", "", NOW, null, null), "t9"))
        .isFalse();
  }

  @Test
  void keepsSessions() {
    stores().people().add(person("p1", "ann@example.com"), "a");
    StoredSession old = session("s1", "p1", NOW.minusSeconds(100));
    StoredSession used = session("s2", "p1", NOW);
    assertThat(stores().sessions().add(old)).isTrue();
    assertThat(stores().sessions().add(used)).isTrue();
    stores().sessions().add(session("s3", "p1", NOW));

    assertThat(stores().sessions().withHash(HOME, "hash-s2")).contains(used);
    assertThat(stores().sessions().sessions(HOME, "p1"))
        .extracting(StoredSession::id)
        .containsExactly("s3", "s2", "s1");
    stores().sessions().seen(HOME, "s2", NOW.plusSeconds(9));
    assertThat(stores().sessions().withHash(HOME, "hash-s2"))
        .contains(used.withTimes(NOW, NOW.plusSeconds(9)));
    assertThat(stores().sessions().removeUnused(HOME, NOW)).isEqualTo(1);
    assertThat(stores().sessions().remove(HOME, "p2", "s2")).isFalse();
    assertThat(stores().sessions().removeOthers(HOME, "p1", "s2")).isEqualTo(1);
    assertThat(stores().sessions().removeOthers(HOME, "p1", null)).isEqualTo(1);
    assertThat(stores().sessions().sessions(HOME, "p1")).isEmpty();
  }

  @Test
  void aPassIsTakenOnce() throws Exception {
    Pass valid = pass("i1", Pass.Kind.INVITATION, NOW.plusSeconds(60));
    assertThat(stores().passes().add(valid, "h1")).isTrue();
    assertThat(stores().passes().add(pass("i2", Pass.Kind.SET_UP, NOW), "h1")).isFalse();
    stores().passes().add(pass("i3", Pass.Kind.SET_UP, NOW), "h3");

    assertThat(stores().passes().find(HOME, Pass.Kind.INVITATION, "h1", NOW)).contains(valid);
    assertThat(stores().passes().find(HOME, Pass.Kind.SET_UP, "h1", NOW)).isEmpty();
    assertThat(stores().passes().find(HOME, Pass.Kind.SET_UP, "h3", NOW)).isEmpty();
    assertThat(stores().passes().take(HOME, Pass.Kind.SET_UP, "h3", NOW)).isEmpty();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Optional<Pass>>> answers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        answers.add(
            threads.submit(() -> stores().passes().take(HOME, Pass.Kind.INVITATION, "h1", NOW)));
      }
      int taken = 0;
      for (Future<Optional<Pass>> answer : answers) {
        taken += answer.get().isPresent() ? 1 : 0;
      }
      assertThat(taken).isEqualTo(1);
    }
    assertThat(stores().passes().removeExpired(HOME, NOW)).isEqualTo(1);
    stores().passes().add(valid, "h1");
    assertThat(stores().passes().remove(HOME, Pass.Kind.SET_UP, "i1")).isFalse();
    assertThat(stores().passes().remove(HOME, Pass.Kind.INVITATION, "i1")).isTrue();
    stores().passes().add(valid, "h1");
    assertThat(stores().passes().removeAll(HOME, Pass.Kind.INVITATION)).isEqualTo(1);
  }

  @Test
  void keepsApiTokens() {
    stores().people().add(person("p1", "ann@example.com"), "a");
    ApiToken token = new ApiToken(HOME, "t1", "p1", "ci", "wxyz", NOW, null, NOW.plusSeconds(60));
    assertThat(stores().apiTokens().add(token, "h1")).isTrue();
    assertThat(stores().apiTokens().add(token, "h2")).isFalse();

    assertThat(stores().apiTokens().tokens(HOME, "p1")).containsExactly(token);
    assertThat(stores().apiTokens().withHash(HOME, "h1")).contains(token);
    stores().apiTokens().used(HOME, "t1", NOW.plusSeconds(1));
    assertThat(stores().apiTokens().withHash(HOME, "h1"))
        .contains(token.withTimes(NOW, NOW.plusSeconds(1), NOW.plusSeconds(60)));
    assertThat(stores().apiTokens().remove(HOME, "p2", "t1")).isFalse();
    assertThat(stores().apiTokens().remove(HOME, "p1", "t1")).isTrue();
  }

  @Test
  void pagesThroughTheAuditLog() {
    for (int i = 0; i < 25; i++) {
      stores()
          .audit()
          .append(
              new AuditEntry(
                  HOME,
                  "a" + (10 + i),
                  NOW.plusSeconds(i / 5),
                  "ann",
                  "key.created",
                  "ключ",
                  "",
                  ""));
    }
    List<String> all = new ArrayList<>();
    Position before = null;
    List<AuditEntry> page = stores().audit().entries(HOME, before, 10);
    while (!page.isEmpty()) {
      page.forEach(entry -> all.add(entry.id()));
      before = new Position(page.getLast().at(), page.getLast().id());
      page = stores().audit().entries(HOME, before, 10);
    }
    assertThat(all).hasSize(25).doesNotHaveDuplicates().startsWith("a34").endsWith("a10");
    assertThat(stores().audit().removeEntries(HOME, NOW.plusSeconds(2), 7)).isEqualTo(7);
    assertThat(stores().audit().removeEntries(HOME, NOW.plusSeconds(2), 7)).isEqualTo(3);
    assertThat(stores().audit().entries(HOME, null, 100)).hasSize(15);
  }
}
