package dev.forebay.control;

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
public record Settings(
    HostPort listen,
    ZoneId zone,
    Limits limits,
    Duration drain,
    Metrics metrics,
    AccessLog accessLog,
    Duration retention) {

  /// What holds when nothing is set.
  public static final Settings DEFAULT =
      new Settings(
          new HostPort("127.0.0.1", 4400),
          ZoneId.of("UTC"),
          Limits.defaults(),
          Duration.ofSeconds(30),
          new Metrics(true, null),
          new AccessLog.InData(),
          Duration.ofDays(90));

  /// The same on another address.
  public Settings withListen(HostPort other) {
    return new Settings(other, zone, limits, drain, metrics, accessLog, retention);
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
