package dev.forebay.control.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.ClientKey;
import dev.forebay.control.Control;
import dev.forebay.control.Edit;
import dev.forebay.control.Person;
import dev.forebay.control.Role;
import dev.forebay.control.Source;
import dev.forebay.control.audit.Actor;
import dev.forebay.control.clients.ClientKeyChange.Made;
import dev.forebay.exchange.ClientLimits;
import dev.forebay.exchange.StandIns;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallerKeysTest {

  private static final String FILE =
      """
      clientKeys:
        - name: declared
          key: fb-declared-0123456789
          limits: {requestsPerMinute: 60, tokensPerDay: 2M}
      """;

  private static final ClientLimits TEN = new ClientLimits(10, 0, 0, 0);

  @TempDir private Path folder;

  private Control control;
  private CallerKeys keys;
  private Actor owner;
  private Person person;
  private Actor member;

  @BeforeEach
  void start() {
    control = new Control(folder, FILE);
    keys = control.clients;
    owner = control.actor(control.owner().session().person());
    person = control.joined(owner, "member@example.com", Role.MEMBER);
    member = control.actor(person);
  }

  @Test
  void aNewKeyLetsItsHolderInAtOnce() {
    Made made = (Made) keys.create(owner, "laptop", TEN, null, null);

    ClientKey client = control.snapshots.current().client(made.clear());
    assertThat(client)
        .isEqualTo(
            new ClientKey(made.key().id(), "laptop", made.key().suffix(), Source.DATABASE, TEN));
    assertThat(made.toString()).doesNotContain(made.clear());
  }

  @Test
  void aKeyTellsWhenItWasLastUsed() {
    Made made = (Made) keys.create(owner, "laptop", TEN, null, null);
    assertThat(made.key().lastUsedAt()).isNull();
    control.uses.note(made.key().id(), control.ticker.now());

    assertThat(keys.keys(owner))
        .filteredOn(key -> key.name().equals("laptop"))
        .extracting(CallerKey::lastUsedAt)
        .containsExactly(control.ticker.now());
  }

  @Test
  void membersSeeAndChangeTheirOwn() {
    Made own = (Made) keys.create(member, "mine", ClientLimits.NONE, null, null);
    Made others = (Made) keys.create(owner, "not mine", ClientLimits.NONE, null, null);

    assertThat(keys.keys(member)).extracting(CallerKey::name).containsExactly("mine");
    assertThat(keys.keys(owner))
        .extracting(CallerKey::name)
        .containsExactlyInAnyOrder("mine", "not mine", "declared");
    assertThat(keys.idsOf(person)).containsExactly(own.key().id());
    assertThat(keys.revoke(member, others.key().id())).isEqualTo(new ClientKeyChange.NotFound());
    assertThat(keys.edit(member, own.key().id(), "renamed", LimitsEdit.NONE, Edit.keep()))
        .isInstanceOf(ClientKeyChange.Done.class);
    assertThat(keys.create(member, "for you", ClientLimits.NONE, null, "person-x"))
        .isInstanceOf(ClientKeyChange.Forbidden.class);
  }

  @Test
  void membersDoNotLiftTheirLimits() {
    Made made = (Made) keys.create(owner, "limited", TEN, null, person.id());
    LimitsEdit lifted = new LimitsEdit(Edit.clear(), Edit.keep(), Edit.keep(), Edit.put(5L));

    assertThat(keys.edit(member, made.key().id(), null, lifted, Edit.keep()))
        .isInstanceOf(ClientKeyChange.Forbidden.class);
    assertThat(keys.edit(owner, made.key().id(), null, lifted, Edit.keep()))
        .isInstanceOf(ClientKeyChange.Done.class);
    assertThat(control.snapshots.current().client(made.clear()))
        .extracting(ClientKey::limits)
        .isEqualTo(new ClientLimits(0, 0, 0, 5));
  }

  @Test
  void whoStandsInForAKeyIsItsHoldersToSay() {
    Made made = (Made) keys.create(member, "mine", ClientLimits.NONE, StandIns.NOBODY, null);
    assertThat(standIns(made)).isEqualTo(StandIns.NOBODY);

    StandIns order = StandIns.parse("gemini, openai/gpt-6-sol");
    assertThat(keys.edit(member, made.key().id(), null, LimitsEdit.NONE, Edit.put(order)))
        .isInstanceOf(ClientKeyChange.Done.class);
    assertThat(standIns(made)).isEqualTo(order);
    assertThat(keys.edit(member, made.key().id(), "renamed", LimitsEdit.NONE, Edit.keep()))
        .isInstanceOf(ClientKeyChange.Done.class);
    assertThat(standIns(made)).isEqualTo(order);

    keys.edit(member, made.key().id(), null, LimitsEdit.NONE, Edit.clear());
    assertThat(standIns(made)).isNull();
  }

  private @Nullable StandIns standIns(Made made) {
    return Objects.requireNonNull(control.snapshots.current().client(made.clear())).standIns();
  }

  @Test
  void aRevokedKeyIsRefusedAtOnceAndForGood() {
    Made made = (Made) keys.create(owner, "laptop", TEN, null, null);

    assertThat(keys.revoke(owner, made.key().id())).isInstanceOf(ClientKeyChange.Done.class);

    assertThat(control.snapshots.current().client(made.clear())).isNull();
    assertThat(keys.revoke(owner, made.key().id())).isInstanceOf(ClientKeyChange.Conflict.class);
    assertThat(keys.edit(owner, made.key().id(), "x", LimitsEdit.NONE, Edit.keep()))
        .isInstanceOf(ClientKeyChange.Conflict.class);
    assertThat(keys.create(owner, "laptop", TEN, null, null)).isInstanceOf(Made.class);
  }

  @Test
  void keysOfTheFileAreReadOnlyAndHaveTheirLimits() {
    CallerKey declared =
        keys.keys(owner).stream()
            .filter(key -> key.source() == Source.FILE)
            .findFirst()
            .orElseThrow();

    assertThat(declared.limits()).isEqualTo(new ClientLimits(60, 0, 0, 2_000_000));
    assertThat(keys.revoke(owner, declared.id())).isEqualTo(new ClientKeyChange.ManagedByFile());
    assertThat(keys.revoke(member, declared.id())).isEqualTo(new ClientKeyChange.NotFound());
    assertThat(keys.create(owner, "declared", TEN, null, null))
        .isInstanceOf(ClientKeyChange.Conflict.class);
  }
}
