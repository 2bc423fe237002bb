package dev.forebay.control.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.Control;
import dev.forebay.control.Edit;
import dev.forebay.control.Notice;
import dev.forebay.control.Settings;
import dev.forebay.control.audit.Actor;
import dev.forebay.exchange.CacheKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceSettingsTest {

  @TempDir private Path folder;

  private Control control;
  private Actor owner;

  @BeforeEach
  void start() {
    control = new Control(folder, "maxWait: 20s\nretention: 30d\n");
    owner = control.actor(control.owner().session().person());
  }

  private static SettingsEdit of(Edit<String> zone, Edit<Duration> wait, Edit<Integer> attempts) {
    return new SettingsEdit(
        zone,
        wait,
        Edit.put(50),
        attempts,
        Edit.put("never"),
        Edit.keep(),
        Edit.put(true),
        Edit.put(Duration.ofHours(48)),
        Edit.keep());
  }

  private SettingsChange edit(SettingsEdit edit) {
    return control.settings.edit(owner, edit);
  }

  @Test
  void aChangeHoldsForTheNextSnapshot() {
    edit(of(Edit.put("Europe/Berlin"), Edit.keep(), Edit.put(7)));

    Settings settings = control.snapshots.current().settings();
    assertThat(settings.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(settings.limits().maxAttempts()).isEqualTo(7);
    assertThat(settings.limits().maxWait()).isEqualTo(Duration.ofSeconds(20));
    assertThat(settings.limits().maxWaiting()).isEqualTo(50);
    assertThat(settings.cacheKeys()).isEqualTo(CacheKeys.NEVER);
    assertThat(settings.bodies()).isEqualTo(new Settings.Bodies(true, Duration.ofHours(48)));
  }

  @Test
  void whatTheFileDeclaresStays() {
    assertThat(control.settings.managed()).isEqualTo(Set.of("maxWait", "retention"));
    assertThat(edit(of(Edit.put("Europe/Berlin"), Edit.put(Duration.ZERO), Edit.keep())))
        .isEqualTo(new SettingsChange.ManagedByFile("maxWait"));
    assertThat(control.snapshots.current().zone()).isEqualTo(ZoneId.of("UTC"));
  }

  @Test
  void aWrongValueChangesNothing() {
    assertThat(edit(of(Edit.put("Mars/Base"), Edit.keep(), Edit.put(7))))
        .isEqualTo(
            new SettingsChange.Invalid(
                "timeZone", "must be a time zone such as UTC or Europe/Berlin"));
    assertThat(edit(of(Edit.keep(), Edit.keep(), Edit.put(0))))
        .isEqualTo(new SettingsChange.Invalid("maxAttempts", "must be from 1 to 1000"));
    assertThat(control.stores.settings().settings(Control.HOME)).isEmpty();
  }

  @Test
  void clearingGoesBackToTheDefault() {
    edit(of(Edit.put("Europe/Berlin"), Edit.keep(), Edit.put(7)));
    edit(of(Edit.clear(), Edit.keep(), Edit.clear()));

    assertThat(control.snapshots.current().zone()).isEqualTo(ZoneId.of("UTC"));
    assertThat(control.snapshots.current().limits().maxAttempts()).isEqualTo(64);
    assertThat(control.audited()).endsWith("settings.changed", "settings.changed");
  }

  @Test
  void theAuditLogSaysWhatChangedAsAPersonWould() {
    edit(of(Edit.put("Europe/Berlin"), Edit.keep(), Edit.clear()));

    assertThat(control.audit.page(null, 1).entries().getFirst().detail())
        .isEqualTo(
            "the zone of the budget day is now Europe/Berlin; how many requests may wait at once is"
                + " now 50; the most attempts of a request is the default again; whose requests are"
                + " given a prompt cache key is now never; keeping of bodies is now on; how long bodies are kept is"
                + " now 2 days");
  }

  @Test
  void anUnusableValueInTheDatabaseIsLeftOutWithANotice() {
    control
        .stores
        .settings()
        .change(Control.HOME, Map.of("timeZone", "Mars/Base", "maxWait", "PT1S"), Set.of());
    control.snapshots.refresh();

    assertThat(control.snapshots.current().zone()).isEqualTo(ZoneId.of("UTC"));
    assertThat(control.notices)
        .extracting(Notice::text)
        .singleElement()
        .asString()
        .contains("timeZone", "Mars/Base");
  }
}
