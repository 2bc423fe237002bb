package dev.forebay.control.keys;

import static dev.forebay.control.Control.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.forebay.control.Control;
import dev.forebay.control.Edit;
import dev.forebay.control.ProviderKey;
import dev.forebay.control.Role;
import dev.forebay.control.Source;
import dev.forebay.control.StoredKey;
import dev.forebay.control.audit.Actor;
import dev.forebay.control.keys.ImportReport.Line;
import dev.forebay.control.keys.ImportReport.State;
import dev.forebay.control.keys.ProviderKeys.ActionResult;
import dev.forebay.control.keys.ProviderKeys.TestFirst;
import dev.forebay.dialect.Provider;
import dev.forebay.pool.Acquisition;
import dev.forebay.pool.Ask;
import dev.forebay.pool.KeyView;
import dev.forebay.pool.Lease;
import dev.forebay.pool.Outcome;
import dev.forebay.pool.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderKeysTest {

  private static final String FILE =
      """
      keys:
        - provider: openai
          name: declared
          secret: %s
      """
          .formatted(secret(Provider.OPENAI, 0));

  @TempDir private Path folder;

  private Control control;
  private ProviderKeys keys;
  private Actor owner;

  @BeforeEach
  void start() {
    control = new Control(folder, FILE);
    keys = control.keys;
    owner = control.actor(control.owner().session().person());
  }

  private ConfiguredKey add(int number) {
    return ((KeyChange.Added)
            keys.create(owner, secret(Provider.OPENAI, number), KeyFields.NONE, TestFirst.NO))
        .key();
  }

  private String fileKey() {
    return keys.keys().stream()
        .filter(key -> key.source() == Source.FILE)
        .findFirst()
        .orElseThrow()
        .id();
  }

  private static KeyEdit priority(int priority) {
    return KeyEdit.NONE.withPriority(Edit.put(priority));
  }

  @Test
  void aNewKeyServesTheNextRequest() {
    ConfiguredKey key = add(1);

    assertThat(key)
        .extracting(ConfiguredKey::provider, ConfiguredKey::name, ConfiguredKey::suffix)
        .containsExactly("openai", "openai-1", "0001");
    assertThat(control.pools.view(key.id()).map(KeyView::status)).contains(new Status.Open());
    assertThat(add(2).name()).isEqualTo("openai-2");
  }

  @Test
  void theSameSecretIsAddedOnce() {
    add(1);

    assertThat(keys.create(owner, secret(Provider.OPENAI, 1), KeyFields.NONE, TestFirst.NO))
        .isEqualTo(new KeyChange.Conflict("this key is there already: 'openai-1'"));
    assertThat(keys.create(owner, secret(Provider.OPENAI, 0), KeyFields.NONE, TestFirst.NO))
        .isEqualTo(new KeyChange.Conflict("this key is there already: 'declared'"));
    assertThat(
            keys.create(
                owner,
                secret(Provider.OPENAI, 3),
                KeyFields.NONE.named(Provider.OPENAI, "declared"),
                TestFirst.NO))
        .isEqualTo(new KeyChange.Conflict("another openai key is called 'declared'"));
  }

  @Test
  void theSameSecretAtAnotherAddressIsAddedAndSaysSo() {
    add(1);
    KeyFields elsewhere =
        new KeyFields(
            null, null, 5, null, null, Set.of(), "https://proxy.example.com", null, "", false);

    KeyChange.Added added =
        (KeyChange.Added) keys.create(owner, secret(Provider.OPENAI, 1), elsewhere, TestFirst.NO);
    assertThat(added.notice()).startsWith("has the same secret as 'openai-1', at another address");
    KeyFields again =
        new KeyFields(
            null, null, 5, null, null, Set.of(), "https://PROXY.example.com/v1/", null, "", false);
    assertThat(keys.create(owner, secret(Provider.OPENAI, 1), again, TestFirst.NO))
        .isEqualTo(new KeyChange.Conflict("this key is there already: 'openai-2'"));
  }

  @Test
  void aRefusedKeyIsAddedOnlyOnInsistence() {
    control.verdict = KeyTest.Verdict.REFUSED;
    String secret = secret(Provider.ANTHROPIC, 1);

    assertThat(keys.create(owner, secret, KeyFields.NONE, TestFirst.YES))
        .isInstanceOf(KeyChange.Refused.class);
    assertThat(keys.create(owner, secret, KeyFields.NONE, TestFirst.FORCE))
        .isInstanceOf(KeyChange.Added.class);
  }

  @Test
  void whatIsNoKeyIsRefusedWithoutRepeatingIt() {
    List<String> wrong =
        List.of(
            "short", "has spaces in the middle", "fb-0123456789abcdef", "sk-admin-012345678901");
    for (String secret : wrong) {
      KeyChange change = keys.create(owner, secret, KeyFields.NONE, TestFirst.NO);
      assertThat(change).isInstanceOf(KeyChange.Invalid.class);
      assertThat(change.toString()).doesNotContain(secret);
    }
    assertThat(keys.create(owner, "unknown-shape-0123456789", KeyFields.NONE, TestFirst.NO))
        .isEqualTo(
            new KeyChange.Invalid("provider", "cannot be recognised from the key; choose one"));
  }

  @Test
  void anEditKeepsWhatThePoolKnows() {
    ConfiguredKey key = add(1);
    Lease lease = acquire();
    lease.settle(new Outcome.Served(Duration.ofMillis(5)), 700, 0, 300, 400);
    String served = lease.keyId();

    assertThat(keys.edit(owner, key.id(), priority(9), null)).isInstanceOf(KeyChange.Done.class);

    KeyView view = control.pools.view(served).orElseThrow();
    assertThat(view.usedToday()).isEqualTo(700);
    assertThat(acquire().keyId()).isEqualTo(key.id());
    assertThat(control.audited()).endsWith("key.created", "key.priority");
  }

  private Lease acquire() {
    Acquisition acquisition =
        control.pools.pool("openai", "gpt-6").acquire(Ask.of(1, 1), new Random(1));
    return ((Acquisition.Granted) acquisition).lease();
  }

  @Test
  void anEditChangesWhatItNamesAndChecksIt() {
    ConfiguredKey key = add(1);
    KeyEdit edit =
        new KeyEdit(
            Edit.put("renamed"),
            Edit.keep(),
            Edit.put(1_000L),
            Edit.put(2_000_000_000L),
            Edit.keep(),
            Edit.put("https://proxy.example.com/openai"),
            Edit.put("acme"),
            Edit.put("a note"),
            Edit.put(true));
    ConfiguredKey changed =
        ((KeyChange.Done) keys.edit(owner, key.id(), edit, secret(Provider.OPENAI, 7))).key();

    assertThat(changed)
        .extracting(
            ConfiguredKey::name,
            ConfiguredKey::suffix,
            ConfiguredKey::dailyTokens,
            ConfiguredKey::dailyNanoDollars,
            ConfiguredKey::limitGroup,
            ConfiguredKey::poolGroup,
            ConfiguredKey::paused)
        .containsExactly("renamed", "0007", 1_000L, 2_000_000_000L, "acme", "openai/acme", true);
    assertThat(control.snapshots.current().keys().get(key.id()))
        .extracting(ProviderKey::origin)
        .hasToString("https://proxy.example.com/openai");
    assertThat(control.audit.page(null, 1).entries().getFirst().detail())
        .isEqualTo(
            "a new secret, which ends in 0007 instead of 0001; name from openai-1 to renamed; daily"
                + " tokens from none to 1,000; daily budget from none to $2.00; base URL from none"
                + " to https://proxy.example.com/openai; limit group from none to acme; paused;"
                + " another note");
    assertThat(keys.edit(owner, key.id(), priority(11), null))
        .isEqualTo(new KeyChange.Invalid("priority", "must be from 1 to 10, not 11"));
    assertThat(keys.edit(owner, "no such key", priority(1), null))
        .isEqualTo(new KeyChange.NotFound());
  }

  @Test
  void keysOfTheFileAreReadOnlyButForTheirSwitches() {
    String id = fileKey();

    assertThat(keys.edit(owner, id, priority(1), null)).isEqualTo(new KeyChange.ManagedByFile());
    assertThat(keys.act(owner, KeyAction.DELETE, id)).isEqualTo(new KeyChange.ManagedByFile());
    assertThat(keys.act(owner, KeyAction.PAUSE, id)).isInstanceOf(KeyChange.Done.class);
    assertThat(keys.key(id).orElseThrow().paused()).isTrue();
    assertThat(keys.act(owner, KeyAction.RESUME, id)).isInstanceOf(KeyChange.Done.class);
    assertThat(keys.key(id).orElseThrow().paused()).isFalse();
    assertThat(keys.act(owner, KeyAction.RECOVER, id)).isInstanceOf(KeyChange.Done.class);
  }

  @Test
  void aPauseIsKeptWithTheKey() {
    ConfiguredKey key = add(1);
    keys.act(owner, KeyAction.PAUSE, key.id());

    assertThat(control.stores.keys().key(Control.HOME, key.id()).map(StoredKey::paused))
        .contains(true);
    assertThat(control.pools.view(key.id()).orElseThrow().status())
        .isInstanceOf(Status.Paused.class);
    keys.act(owner, KeyAction.RESUME, key.id());
    assertThat(control.stores.keys().key(Control.HOME, key.id()).map(StoredKey::paused))
        .contains(false);
    assertThat(control.pools.view(key.id()).orElseThrow().status()).isEqualTo(new Status.Open());
  }

  @Test
  void manyAreSwitchedWithOneChange() {
    List<String> ids = List.of(add(1).id(), fileKey(), "nobody");

    assertThat(keys.act(owner, KeyAction.DELETE, ids))
        .extracting(ActionResult::done)
        .containsExactly(true, false, false);
    assertThat(keys.keys()).extracting(ConfiguredKey::name).containsExactly("declared");
    assertThat(control.pools.view(ids.getFirst())).isEmpty();
  }

  @Test
  void aPasteIsPreviewedAndAdded() {
    add(1);
    String paste =
        """
        # our keys
        %s
        spare one, %s
        anthropic\tthird\t%s

        %s
        openai-1, %s
        %s
        what is this line even supposed to be
        opanai, x, %s
        """
            .formatted(
                secret(Provider.OPENAI, 2),
                secret(Provider.GEMINI, 3),
                secret(Provider.ANTHROPIC, 4),
                secret(Provider.OPENAI, 1),
                secret(Provider.OPENAI, 5),
                secret(Provider.OPENAI, 2),
                secret(Provider.OPENAI, 6));

    ImportReport preview = keys.importKeys(owner, paste, KeyFields.NONE, true);

    assertThat(preview.lines())
        .extracting(Line::number, Line::state, Line::provider, Line::name)
        .containsExactly(
            tuple(2, State.NEW, "openai", "openai-2"),
            tuple(3, State.NEW, "gemini", "spare one"),
            tuple(4, State.NEW, "anthropic", "third"),
            tuple(6, State.DUPLICATE, "openai", "openai-1"),
            tuple(7, State.BAD, null, null),
            tuple(8, State.DUPLICATE, "openai", "openai-2"),
            tuple(9, State.BAD, null, null),
            tuple(10, State.BAD, null, null));
    assertThat(preview.toString()).doesNotContain("sk-", "test000", "supposed");
    assertThat(keys.keys()).hasSize(2);

    ImportReport added = keys.importKeys(owner, paste, KeyFields.NONE, false);

    assertThat(added).isEqualTo(preview);
    assertThat(keys.keys()).hasSize(5);
    assertThat(keys.importKeys(owner, paste, KeyFields.NONE, false).added()).isZero();
  }

  @Test
  void thousandsAreAddedAtOnce() {
    String paste =
        IntStream.range(100, 3_100)
            .mapToObj(number -> secret(Provider.ANTHROPIC, number))
            .collect(Collectors.joining("\n"));

    assertThat(keys.importKeys(owner, paste, KeyFields.NONE, false).added()).isEqualTo(3_000);
    assertThat(control.pools.view()).hasSize(3_001);
    assertThat(control.audited()).endsWith("key.imported");
  }

  @Test
  void membersAreAMistakeOfTheCaller() {
    Actor member = control.actor(control.joined(owner, "m@example.com", Role.MEMBER));

    assertThatThrownBy(() -> keys.act(member, KeyAction.PAUSE, fileKey()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aTestTellsWhoseKeyItIs() {
    assertThat(keys.test("unknown-shape-0123456789", null, null).verdict())
        .isEqualTo(KeyTest.Verdict.UNKNOWN_PROVIDER);
    assertThat(keys.test(secret(Provider.GEMINI, 1), null, null).provider())
        .isEqualTo(Provider.GEMINI);
    assertThat(keys.test(fileKey()).orElseThrow().verdict()).isEqualTo(KeyTest.Verdict.ACCEPTED);
    assertThat(keys.test("nobody")).isEmpty();
    assertThat(keys.testAll(List.of(fileKey(), "nobody")))
        .extracting(ActionResult::done)
        .containsExactly(true, false);
  }
}
