package dev.forebay.control;

import dev.forebay.exchange.CacheKeys;
import dev.forebay.exchange.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// Everything that can be set and is not a key, with its default filled in. *Immutable.*
///
/// @param listen where clients connect; a change needs a restart
/// @param zone the workspace's day: budgets begin anew at its midnight, and messages show its time
/// @param limits what every exchange has to keep to
/// @param drain how long live streams may go on after a request to stop
/// @param metrics whether and where Prometheus can read
/// @param accessLog whether and where finished requests are written
/// @param retention how long usage rows are kept
/// @param bodies whether and for how long the bodies of requests are kept
/// @param sessionLifetime how long a person stays signed in without doing anything
/// @param cacheKeys towards whom requests are named for the provider's prompt cache
public record Settings(
    HostPort listen,
    ZoneId zone,
    Limits limits,
    Duration drain,
    Metrics metrics,
    AccessLog accessLog,
    Duration retention,
    Bodies bodies,
    Duration sessionLifetime,
    CacheKeys cacheKeys) {

  /// What holds when nothing is set.
  public static final Settings DEFAULT =
      new Settings(
          new HostPort("127.0.0.1", 4400),
          ZoneId.of("UTC"),
          Limits.defaults(),
          Duration.ofSeconds(30),
          new Metrics(true, null),
          new AccessLog.InData(),
          Duration.ofDays(90),
          new Bodies(false, Duration.ofHours(24)),
          Duration.ofDays(7),
          CacheKeys.OPENAI);

  /// The same on another address.
  public Settings withListen(HostPort other) {
    return new Settings(
        other, zone, limits, drain, metrics, accessLog, retention, bodies, sessionLifetime, cacheKeys);
  }

  /// The same with another zone.
  public Settings withZone(ZoneId other) {
    return new Settings(
        listen, other, limits, drain, metrics, accessLog, retention, bodies, sessionLifetime, cacheKeys);
  }

  /// The same with other limits.
  public Settings withLimits(Limits other) {
    return new Settings(
        listen, zone, other, drain, metrics, accessLog, retention, bodies, sessionLifetime, cacheKeys);
  }

  /// The same with usage rows kept for another time.
  public Settings withRetention(Duration other) {
    return new Settings(
        listen, zone, limits, drain, metrics, accessLog, other, bodies, sessionLifetime, cacheKeys);
  }

  /// The same with bodies kept otherwise.
  public Settings withBodies(Bodies other) {
    return new Settings(
        listen, zone, limits, drain, metrics, accessLog, retention, other, sessionLifetime, cacheKeys);
  }

  /// The same with sessions of another length.
  public Settings withSessionLifetime(Duration other) {
    return new Settings(listen, zone, limits, drain, metrics, accessLog, retention, bodies, other, cacheKeys);
  }

  /// The same with other requests named for the prompt cache.
  public Settings withCacheKeys(CacheKeys other) {
    return new Settings(
        listen,
        zone,
        limits,
        drain,
        metrics,
        accessLog,
        retention,
        bodies,
        sessionLifetime,
        other);
  }

  /// Whether the bodies of requests and answers are kept, and for how long.
  public record Bodies(boolean kept, Duration retention) {

    /// The same, switched on or off.
    public Bodies withKept(boolean other) {
      return new Bodies(other, retention);
    }

    /// The same for another time.
    public Bodies withRetention(Duration other) {
      return new Bodies(kept, other);
    }
  }

  /// Whether `/metrics` answers, and on which address when it is not the clients' own.
  public record Metrics(boolean on, @Nullable HostPort listen) {}

  /// Where the access log goes.
  public sealed interface AccessLog {
    /// Nowhere.
    record Off() implements AccessLog {}

    /// To `access.log` in the data directory, one JSON object a line.
    record InData() implements AccessLog {}

    /// To standard output, one JSON object a line.
    record Standard() implements AccessLog {}

    /// To the end of a file, one JSON object a line.
    record ToFile(Path path) implements AccessLog {}
  }
}
