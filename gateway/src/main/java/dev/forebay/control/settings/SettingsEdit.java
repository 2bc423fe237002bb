package dev.forebay.control.settings;

import dev.forebay.control.Edit;
import java.time.Duration;

/// What an edit does to the settings; clearing goes back to the default. Immutable.
///
/// @param timeZone a name such as `Europe/Berlin`
/// @param promptCacheKey `openai`, `always` or `never`
public record SettingsEdit(
    Edit<String> timeZone,
    Edit<Duration> maxWait,
    Edit<Integer> maxWaiting,
    Edit<Integer> maxAttempts,
    Edit<String> promptCacheKey,
    Edit<Duration> retention,
    Edit<Boolean> keepBodies,
    Edit<Duration> bodyRetention,
    Edit<Duration> sessionLifetime) {

  /// Everything stays as it is.
  public static final SettingsEdit NONE =
      new SettingsEdit(
          Edit.keep(),
          Edit.keep(),
          Edit.keep(),
          Edit.keep(),
          Edit.keep(),
          Edit.keep(),
          Edit.keep(),
          Edit.keep(),
          Edit.keep());
}
