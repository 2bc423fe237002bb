package dev.forebay.app;

import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/// Where real chance comes from.
public final class Chance {
  private static final SecureRandom SECURE = new SecureRandom();

  private Chance() {}

  /// For secrets. *Thread-safe.*
  public static RandomGenerator secure() {
    return SECURE;
  }

  /// For one event loop: fast, and used by one thread only.
  static RandomGenerator ofLoop() {
    return new SplittableRandom(SECURE.nextLong());
  }

  /// For jitter, from any thread. *Thread-safe.*
  static RandomGenerator shared() {
    return () -> ThreadLocalRandom.current().nextLong();
  }
}
