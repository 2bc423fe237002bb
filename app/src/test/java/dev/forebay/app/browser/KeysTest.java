package dev.forebay.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.forebay.app.BrowsedGateway;
import dev.forebay.simulator.Fault;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Settings > API keys: what is put into the pool, changed and taken out.
@Timeout(180)
class KeysTest {

  @RegisterExtension final Visit visit = new Visit();

  private Screen adding() {
    Screen owner = visit.owner().open("/settings/keys");
    assertThat(owner.text("No API keys yet")).isVisible();
    owner.button("Add key").click();
    owner.field("Base URL").fill(visit.gateway().simulator.origin());
    return owner;
  }

  @Test
  void aKeyIsRecognisedTestedAddedAndNeverShownAgain() {
    Screen owner = adding();
    Locator dialog = owner.dialog("Add an API key");
    int tested =
        owner.calls("POST", "/keys/test", () -> owner.field("Key").fill(BrowsedGateway.ALPHA));
    assertThat(tested).isEqualTo(200);
    assertThat(dialog.getByRole(AriaRole.RADIO, named("OpenAI"))).isChecked();
    assertThat(dialog.getByText(Pattern.compile("\\d+ models"))).isVisible();
    owner.field("Name").fill("alpha");
    owner.field("Note").fill("of the research team");
    dialog.getByRole(AriaRole.BUTTON, named("Add key")).click();
    assertThat(owner.text("alpha is in the pool")).isVisible();
    Locator row = owner.row("alpha");
    assertThat(row).containsText("Healthy");
    assertThat(row).containsText("…" + BrowsedGateway.ALPHA.substring(25));
    assertThat(visit.gateway().servedBy()).isEqualTo("alpha");
    owner.picture("keys");

    // While the dialog fades its field still stands in the page.
    assertThat(dialog).hasCount(0);
    assertThat(owner.page().content()).doesNotContain(BrowsedGateway.ALPHA);
    owner.button("alpha").click();
    assertThat(owner.field("Replace the secret")).hasValue("");
    assertThat(owner.field("Note")).hasValue("of the research team");
    assertThat(owner.page().content()).doesNotContain(BrowsedGateway.ALPHA);
    assertThat(owner.api("GET", "/keys", null).text()).doesNotContain(BrowsedGateway.ALPHA);
  }

  private static Locator.GetByRoleOptions named(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Locator.FilterOptions having(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  @Test
  void aRefusedKeyShowsTheProvidersReason() {
    Screen owner = adding();
    owner.field("Key").fill("sk-ant-test-nobody-knows-me-0123456789");
    Locator dialog = owner.dialog("Add an API key");
    assertThat(dialog.getByRole(AriaRole.RADIO, named("Anthropic"))).isChecked();
    assertThat(dialog.getByText("Anthropic refuses this key with status 401: invalid x-api-key."))
        .isVisible();
    assertThat(dialog.getByRole(AriaRole.BUTTON, named("Add it anyway"))).isEnabled();
    owner.picture("keys-refused");
    owner.field("Key").fill(BrowsedGateway.CLAUDE);
    assertThat(dialog.getByText(Pattern.compile("\\d+ models"))).isVisible();
    dialog.getByRole(AriaRole.BUTTON, named("Add key")).click();
    assertThat(owner.text("is in the pool")).isVisible();
  }

  @Test
  void manyKeysArePastedAfterALookAtEveryLine() {
    Screen owner = visit.ownerWithKeys().open("/settings/keys");
    assertThat(owner.row("gamma")).isVisible();
    owner.button("Paste many").click();
    owner
        .field("Keys")
        .fill(
            """
            # of the research team
            delta, sk-test-delta-0123456789
            sk-ant-test-epsilon-0123456789
            again, sk-test-delta-0123456789
            nonsense
            """);
    Locator preview = owner.region("Preview");
    assertThat(preview).containsText("2 new, 1 duplicate, 1 bad");
    assertThat(preview.getByRole(AriaRole.ROW)).hasCount(4);
    assertThat(preview.getByRole(AriaRole.ROW).first()).containsText("Bad line");
    assertThat(preview).containsText("Duplicate");
    assertThat(preview).not().containsText("delta-0123");
    owner.picture("keys-paste");
    owner.button("Add 2 keys").click();
    assertThat(owner.text("2 keys added")).isVisible();
    assertThat(preview).hasCount(0);
    assertThat(owner.row("delta")).containsText("Healthy");
    assertThat(owner.text("5 keys")).isVisible();
  }

  @Test
  void aPasteForAnotherAddressSaysWhichSecretsAreThereAlready() {
    Screen owner = visit.ownerWithKeys().open("/settings/keys?paste");
    owner.field("Keys").fill("openai, twin, " + BrowsedGateway.ALPHA);
    Locator preview = owner.region("Preview");
    assertThat(preview).containsText("1 new");
    assertThat(preview).containsText("has the same secret as 'alpha', at another address");
    owner.field("Base URL").fill(visit.gateway().simulator.origin());
    assertThat(preview).containsText("0 new, 1 duplicate");
  }

  @Test
  void aBudgetEditedInThePageChangesTheNextRequest() {
    Screen owner = visit.ownerWithKeys().open("/settings/keys");
    assertThat(visit.gateway().servedBy()).isEqualTo("alpha");
    owner.button("alpha").click();
    owner.field("Daily tokens").fill("1");
    owner.button("Save").click();
    assertThat(owner.text("alpha is changed")).isVisible();
    assertThat(visit.gateway().servedBy()).isIn("beta", "gamma");
    assertThat(owner.row("alpha")).containsText("Over budget");

    owner.button("alpha").click();
    owner.field("Daily tokens").fill("");
    owner.button("Save").click();
    assertThat(owner.row("alpha")).containsText("Healthy");
    assertThat(visit.gateway().servedBy()).isEqualTo("alpha");
  }

  @Test
  void aLimitGroupIsCalledTheSameOnEveryPage() {
    Screen owner = visit.ownerWithKeys().open("/settings/keys");
    for (String name : new String[] {"beta", "gamma"}) {
      owner.button(name).click();
      owner.field("Limit group").fill("acme");
      owner.button("Save").click();
      assertThat(owner.dialog(name)).hasCount(0);
      assertThat(owner.row(name)).containsText("acme");
    }
    assertThat(owner.health("beta").getString("limitGroup")).isEqualTo("acme");
    owner.link("Health").click();
    assertThat(owner.heading("Health")).isVisible();
    Locator group =
        owner.page().getByRole(AriaRole.ROW).filter(having("these 2 keys share one limit"));
    assertThat(group).containsText("acme");
    assertThat(owner.text("openai/acme")).hasCount(0);
  }

  @Test
  void chosenKeysAreRemovedTogether() {
    Screen owner = visit.ownerWithKeys().open("/settings/keys");
    owner.field("Select beta").check();
    owner.field("Select gamma").check();
    assertThat(owner.text("2 keys selected")).isVisible();
    owner.button("Remove").click();
    owner.button("Remove 2 keys").click();
    assertThat(owner.row("beta")).hasCount(0);
    assertThat(owner.row("gamma")).hasCount(0);
    assertThat(owner.row("alpha")).isVisible();
    visit.gateway().simulator.always(BrowsedGateway.ALPHA, new Fault.Unauthorized());
    assertThat(visit.gateway().servedBy()).isNotEqualTo("beta").isNotEqualTo("gamma");
  }
}
