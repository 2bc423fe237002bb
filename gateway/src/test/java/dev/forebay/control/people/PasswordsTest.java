package dev.forebay.control.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.people.Passwords.Hashing;
import dev.forebay.control.people.Passwords.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class PasswordsTest {

  private final Passwords passwords = new Passwords(new Random(5));

  /// From the test vectors of the reference implementation.
  private static final String REFERENCE =
      "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

  @Test
  void readsHashesOfTheReferenceImplementation() {
    assertThat(passwords.check("password", REFERENCE)).isEqualTo(Match.RIGHT);
    assertThat(passwords.check("Password", REFERENCE)).isEqualTo(Match.WRONG);
    assertThat(Passwords.outdated(REFERENCE)).isTrue();
  }

  @Test
  void saltsEveryHash() {
    String one = ((Hashing.Done) passwords.hash("pässwörd 🌊")).hash();
    String two = ((Hashing.Done) passwords.hash("pässwörd 🌊")).hash();

    assertThat(one).isNotEqualTo(two).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(passwords.check("pässwörd 🌊", two)).isEqualTo(Match.RIGHT);
    assertThat(passwords.check("passwörd 🌊", two)).isEqualTo(Match.WRONG);
    assertThat(Passwords.outdated(one)).isFalse();
  }

  @Test
  void whatIsNoHashMatchesNothing() {
    assertThat(passwords.check("", "")).isEqualTo(Match.WRONG);
    assertThat(passwords.check("x", "plain text")).isEqualTo(Match.WRONG);
    assertThat(passwords.check("", passwords.unusable())).isEqualTo(Match.WRONG);
    assertThat(passwords.checkNobody("anything")).isEqualTo(Match.WRONG);
  }

  @Test
  void turnsManyAtOnceAway() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(60)) {
      List<Future<Match>> answers = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        answers.add(threads.submit(() -> passwords.checkNobody("guess")));
      }
      List<Match> all = new ArrayList<>();
      for (Future<Match> answer : answers) {
        all.add(answer.get());
      }
      assertThat(all).contains(Match.WRONG, Match.BUSY).doesNotContain(Match.RIGHT);
    }
    assertThat(passwords.checkNobody("guess")).isEqualTo(Match.WRONG);
  }
}
