package dev.forebay.exchange;

import java.time.Duration;

/// Limits of every exchange. Immutable.
///
/// @param maxBodyBytes largest request body that is read
/// @param maxWait longest time an exchange waits for a key to come back before it gives up
/// @param connectTimeout longest time to a connection with the provider
/// @param firstByteTimeout longest time from sending a request to the head of its answer
/// @param idleTimeout longest silence inside an answer
/// @param bodyTimeout longest silence of a client in the middle of its body
/// @param maxAttempts most attempts of one exchange, whatever their outcome
/// @param maxWaiting most exchanges that wait for a key at once
public record Limits(
    long maxBodyBytes,
    Duration maxWait,
    Duration connectTimeout,
    Duration firstByteTimeout,
    Duration idleTimeout,
    Duration bodyTimeout,
    int maxAttempts,
    int maxWaiting) {

  private static final int MAX_WAITING = 1_000;

  /// With the usual number of exchanges that wait.
  public Limits(
      long maxBodyBytes,
      Duration maxWait,
      Duration connectTimeout,
      Duration firstByteTimeout,
      Duration idleTimeout,
      Duration bodyTimeout,
      int maxAttempts) {
    this(
        maxBodyBytes,
        maxWait,
        connectTimeout,
        firstByteTimeout,
        idleTimeout,
        bodyTimeout,
        maxAttempts,
        MAX_WAITING);
  }

  /// What holds when nothing is configured.
  public static Limits defaults() {
    return new Limits(
        32L << 20,
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        Duration.ofMinutes(10),
        Duration.ofMinutes(5),
        Duration.ofMinutes(1),
        64);
  }

  /// The same with another patience.
  public Limits with(Duration otherWait, int otherAttempts) {
    return new Limits(
        maxBodyBytes,
        otherWait,
        connectTimeout,
        firstByteTimeout,
        idleTimeout,
        bodyTimeout,
        otherAttempts,
        maxWaiting);
  }

  /// The same with room for others to wait.
  public Limits withMaxWaiting(int most) {
    return new Limits(
        maxBodyBytes,
        maxWait,
        connectTimeout,
        firstByteTimeout,
        idleTimeout,
        bodyTimeout,
        maxAttempts,
        most);
  }
}
