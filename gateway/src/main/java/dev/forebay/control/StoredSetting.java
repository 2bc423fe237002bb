package dev.forebay.control;

import dev.forebay.exchange.CacheKeys;
import dev.forebay.exchange.Limits;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One setting that the database may hold. Immutable.
///
/// @param name as in `forebay.yaml`
/// @param over puts a value, as text, over what holds otherwise; throws [IllegalArgumentException]
///   with the rule when it cannot be used
public record StoredSetting(String name, Over over) {

  /// Puts a value over the settings.
  public interface Over {
    /// @throws IllegalArgumentException when the value cannot be used
    Settings apply(Settings settings, String value);
  }

  public static final StoredSetting TIME_ZONE =
      new StoredSetting(
          Fields.TIME_ZONE.name(), (settings, value) -> settings.withZone(zone(value)));

  public static final StoredSetting MAX_WAIT =
      new StoredSetting(
          Fields.MAX_WAIT.name(),
          (settings, value) -> {
            Limits limits = settings.limits();
            Duration wait = duration(value, Duration.ZERO, Duration.ofMinutes(10));
            return settings.withLimits(limits.with(wait, limits.maxAttempts()));
          });

  public static final StoredSetting MAX_WAITING =
      new StoredSetting(
          Fields.MAX_WAITING.name(),
          (settings, value) ->
              settings.withLimits(settings.limits().withMaxWaiting(count(value, 0, 1_000_000))));

  public static final StoredSetting MAX_ATTEMPTS =
      new StoredSetting(
          Fields.MAX_ATTEMPTS.name(),
          (settings, value) -> {
            Limits limits = settings.limits();
            return settings.withLimits(limits.with(limits.maxWait(), count(value, 1, 1000)));
          });

  public static final StoredSetting PROMPT_CACHE_KEY =
      new StoredSetting(
          Fields.PROMPT_CACHE_KEY.name(),
          (settings, value) -> settings.withCacheKeys(CacheKeys.of(value)));

  public static final StoredSetting RETENTION =
      new StoredSetting(
          Fields.RETENTION.name(),
          (settings, value) ->
              settings.withRetention(duration(value, Duration.ofDays(1), Duration.ofDays(3650))));

  public static final StoredSetting KEEP_BODIES =
      new StoredSetting(
          Fields.KEEP_BODIES.name(),
          (settings, value) ->
              settings.withBodies(settings.bodies().withKept(Boolean.parseBoolean(value))));

  public static final StoredSetting BODY_RETENTION =
      new StoredSetting(
          Fields.BODY_RETENTION.name(),
          (settings, value) ->
              settings.withBodies(
                  settings
                      .bodies()
                      .withRetention(duration(value, Duration.ofHours(1), Duration.ofHours(720)))));

  public static final StoredSetting SESSION_LIFETIME =
      new StoredSetting(
          Fields.SESSION_LIFETIME.name(),
          (settings, value) ->
              settings.withSessionLifetime(
                  duration(value, Duration.ofHours(1), Duration.ofDays(365))));

  private static final List<StoredSetting> ALL =
      List.of(
          TIME_ZONE,
          MAX_WAIT,
          MAX_WAITING,
          MAX_ATTEMPTS,
          PROMPT_CACHE_KEY,
          RETENTION,
          KEEP_BODIES,
          BODY_RETENTION,
          SESSION_LIFETIME);

  /// What keeps a value from being used, as the end of a sentence; null when nothing does.
  public @Nullable String problem(String value) {
    try {
      over.apply(Settings.DEFAULT, value);
      return null;
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /// The settings with what the database holds put over them.
  ///
  /// @param config what the file says, which holds where it declares a setting
  /// @param stored names and values of the database
  /// @param notices told of values that cannot be used
  static Settings over(Config config, Map<String, String> stored, List<Notice> notices) {
    Settings settings = config.settings();
    for (StoredSetting setting : ALL) {
      String value = stored.get(setting.name());
      if (value == null || config.declared().contains(setting.name())) {
        continue;
      }
      String problem = setting.problem(value);
      if (problem == null) {
        settings = setting.over().apply(settings, value);
      } else {
        notices.add(
            new Notice(
                true,
                "the setting "
                    + setting.name()
                    + " in the database is left out: it "
                    + problem
                    + ", not '"
                    + value
                    + "'"));
      }
    }
    return settings;
  }

  private static ZoneId zone(String value) {
    try {
      return ZoneId.of(value);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("must be a time zone such as UTC or Europe/Berlin", e);
    }
  }

  private static Duration duration(String value, Duration least, Duration most) {
    Duration duration;
    try {
      duration = Duration.parse(value);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("must be a duration", e);
    }
    if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
      throw new IllegalArgumentException("must be from " + told(least) + " to " + told(most));
    }
    return duration;
  }

  private static String told(Duration duration) {
    return duration.toDays() > 0 && duration.equals(Duration.ofDays(duration.toDays()))
        ? duration.toDays() + " days"
        : duration.toHours() > 0
            ? duration.toHours() + " hours"
            : duration.toSeconds() + " seconds";
  }

  private static int count(String value, int least, int most) {
    try {
      int count = Integer.parseInt(value);
      if (count >= least && count <= most) {
        return count;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a whole number", e);
    }
    throw new IllegalArgumentException("must be from " + least + " to " + most);
  }
}
