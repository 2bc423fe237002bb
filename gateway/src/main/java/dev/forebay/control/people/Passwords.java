package dev.forebay.control.people;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.password4j.Argon2Function;
import com.password4j.BadParametersException;
import com.password4j.types.Argon2;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/// Hashes passwords with Argon2id (RFC 9106), a bounded number at a time. Thread-safe; blocks.
///
/// One hash takes [#MEMORY_KIB] of memory and some tens of milliseconds of one processor. So that
/// attempts to sign in can exhaust neither, a few run at once, some more wait for their turn, and
/// further ones are told to come again.
public final class Passwords {

  /// What one hash costs. The figures are a usual recommendation for interactive sign-in.
  private static final int MEMORY_KIB = 19 * 1024;

  private static final int ITERATIONS = 2;
  private static final int LANES = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;

  private static final String PARAMETERS =
      "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + ITERATIONS + ",p=" + LANES + "$";

  private static final int AT_ONCE = 2;
  private static final int MOST_WAITING = 16;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final RandomGenerator random;
  private final Semaphore turns = new Semaphore(AT_ONCE, true);
  private final AtomicInteger present = new AtomicInteger();

  /// Has the form of a hash and is nobody's.
  private final String nobodys;

  /// @param random cryptographically strong and thread-safe
  public Passwords(RandomGenerator random) {
    this.random = random;
    this.nobodys = PARAMETERS + base64(bytes(SALT_BYTES)) + "$" + base64(bytes(HASH_BYTES));
  }

  /// What came of hashing.
  sealed interface Hashing {
    record Done(String hash) implements Hashing {}

    /// Too many others wait.
    record Busy() implements Hashing {}
  }

  /// Whether a password is the one that was hashed.
  enum Match {
    RIGHT,
    WRONG,
    /// Too many others wait.
    BUSY
  }

  private interface Work<T> {
    T run();
  }

  /// Hashes a password with a salt of its own.
  Hashing hash(String password) {
    byte[] salt = bytes(SALT_BYTES);
    return turn(
        () ->
            new Hashing.Done(
                Argon2Function.getInstance(MEMORY_KIB, ITERATIONS, LANES, HASH_BYTES, Argon2.ID)
                    .hash(password.getBytes(UTF_8), salt)
                    .getResult()),
        new Hashing.Busy());
  }

  /// Compares a password with a hash.
  Match check(String password, String hash) {
    return turn(() -> matches(password, hash) ? Match.RIGHT : Match.WRONG, Match.BUSY);
  }

  /// Takes as long as [#check] and is always wrong, so that the time does not tell who is known.
  Match checkNobody(String password) {
    return turn(
        () -> {
          matches(password, nobodys);
          return Match.WRONG;
        },
        Match.BUSY);
  }

  /// A hash that no password has: its owner signs in by other means.
  String unusable() {
    return PARAMETERS + base64(bytes(SALT_BYTES)) + "$" + base64(bytes(HASH_BYTES));
  }

  /// Whether a hash was made with other parameters than new ones are.
  static boolean outdated(String hash) {
    return !hash.startsWith(PARAMETERS);
  }

  private static boolean matches(String password, String hash) {
    try {
      return Argon2Function.getInstanceFromHash(hash)
          .check(password.getBytes(UTF_8), hash.getBytes(UTF_8));
    } catch (BadParametersException notAHash) {
      return false;
    }
  }

  private <T> T turn(Work<T> work, T busy) {
    try {
      if (present.incrementAndGet() > AT_ONCE + MOST_WAITING
          || !turns.tryAcquire(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS)) {
        return busy;
      }
      try {
        return work.run();
      } finally {
        turns.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return busy;
    } finally {
      present.decrementAndGet();
    }
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }
}
