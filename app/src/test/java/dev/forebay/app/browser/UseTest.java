package dev.forebay.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.forebay.app.BrowsedGateway;
import dev.forebay.simulator.Fault;
import dev.forebay.simulator.Pace;
import dev.forebay.simulator.RateLimitKind;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The pages of those who use the pool: client keys, usage, requests, the assistant; and settings.
@Timeout(180)
class UseTest {

  @RegisterExtension final Visit visit = new Visit();

  @Test
  void aClientKeyIsMadeCopiedUsedAndRevoked() {
    Screen owner = visit.ownerWithKeys().open("/settings/client-keys");
    owner.button("New client key").click();
    owner.field("Name").fill("phone");
    owner.button("Create").click();
    String secret = owner.field("The new client key").innerText();
    assertThat(secret).startsWith("fb-");
    Locator dialog = owner.dialog("phone is ready");
    dialog.getByText("OpenAI", new Locator.GetByTextOptions().setExact(true)).click();
    dialog
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Copy: Shell"))
        .click();
    assertThat(owner.button("Copied").first()).isVisible();
    Object copied = owner.page().evaluate("() => navigator.clipboard.readText()");
    assertThat(copied.toString())
        .startsWith("curl " + visit.gateway().url() + "/v1/chat/completions")
        .contains("Authorization: Bearer " + secret);
    owner.picture("client-key-made");
    assertThat(visit.gateway().ask(secret).statusCode()).isEqualTo(200);
    owner.page().reload();
    assertThat(owner.row("phone")).isVisible();
    assertThat(owner.page().content()).doesNotContain(secret);

    owner.button("Actions for phone").click();
    owner.entry("Revoke").click();
    owner.button("Revoke").click();
    assertThat(owner.text("phone is revoked")).isVisible();
    assertThat(visit.gateway().ask(secret).statusCode()).isEqualTo(401);
    assertThat(visit.gateway().servedBy()).isEqualTo("alpha");
  }

  @Test
  void usageIsShownByKeyModelAndClientKeyAndComesAsATable() throws IOException {
    Screen owner = visit.ownerWithKeys();
    visit.gateway().ask(BrowsedGateway.CLIENT_KEY);
    owner.send("POST", owner.keyPath("alpha") + "/pause", null);
    visit.gateway().ask(BrowsedGateway.CLIENT_KEY);
    String today =
        "/usage?groupBy=key&from="
            + Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(1))
            + "&to="
            + Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(2));
    // Rows are written behind the requests.
    owner
        .page()
        .waitForCondition(
            () -> owner.get(today).getJsonObject("total").getInteger("requests") == 2);
    owner.open("/usage");
    assertThat(owner.text("Everything")).isVisible();
    assertThat(owner.page().getByText("$").first()).isVisible();
    owner.choice("Grouped by", "API key").click();
    assertThat(owner.row("alpha")).containsText("$");
    assertThat(owner.page().getByRole(AriaRole.ROW)).hasCount(4);
    owner.picture("usage");
    owner.choice("Measured in", "Cost").click();
    assertThat(owner.region("US dollars")).isVisible();
    owner.choice("Grouped by", "Model").click();
    assertThat(owner.row("gpt-6-sol")).isVisible();
    owner.choice("Grouped by", "Client key").click();
    assertThat(owner.row("laptop")).isVisible();
    Download table = owner.page().waitForDownload(() -> owner.link("Export as CSV").click());
    assertThat(Files.readString(table.path())).contains("laptop").hasLineCount(2);
  }

  @Test
  void aRequestAppearsAsItEndsAndTellsWhyItWentWhereItWent() {
    Screen owner = visit.ownerWithKeys().open("/requests");
    assertThat(owner.text("No requests yet")).isVisible();
    visit
        .gateway()
        .simulator
        .script(BrowsedGateway.ALPHA, Fault.rateLimited(RateLimitKind.OPENAI_INSUFFICIENT_QUOTA));
    String by = visit.gateway().servedBy();
    assertThat(by).isIn("beta", "gamma");
    Locator row = owner.row(by);
    assertThat(row).containsText("Retried");
    assertThat(row).containsText("gpt-6-sol");
    assertThat(row).containsText("laptop");
    row.getByRole(AriaRole.LINK).click();
    Locator dialog = owner.dialog("Request");
    Locator first = dialog.getByRole(AriaRole.REGION, region("Why alpha for the first try"));
    assertThat(first).containsText("1 key of priority 8 was ready.");
    assertThat(first).containsText("Its conversation was new");
    Locator second = dialog.getByRole(AriaRole.REGION, region("Why " + by + " for the second try"));
    assertThat(second).containsText("2 keys of priority 5 were ready.");
    assertThat(second)
        .containsText("Its conversation has its prompt cache in alpha, which was not one of them");
    assertThat(second).containsText("beta");
    assertThat(second).containsText("gamma");
    assertThat(loads(second)).hasCount(2);
    assertThat(second).containsText("Not considered");
    assertThat(second).containsText(Pattern.compile("1 (throttled|tried already)"));
    Locator times = dialog.getByRole(AriaRole.REGION, region("Where the time went"));
    assertThat(times.getByRole(AriaRole.LISTITEM)).hasCount(2);
    assertThat(times).containsText("status 429");
    assertThat(times).containsText("status 200");
    owner.picture("request");
    owner.page().reload();
    assertThat(dialog).containsText("Why alpha");
    owner.page().keyboard().press("Escape");
    assertThat(dialog).hasCount(0);
    assertThat(owner.page()).hasURL(visit.gateway().url() + "/requests");
  }

  @Test
  void aConversationTellsThatItWasNewAndThatItCameBack() {
    Screen owner = visit.ownerWithKeys();
    owner.send("POST", owner.keyPath("alpha") + "/pause", null);
    String home = visit.gateway().servedBy("Plan a trip");
    assertThat(visit.gateway().servedBy("Plan a trip")).isEqualTo(home);
    String other = home.equals("beta") ? "gamma" : "beta";
    owner.open("/requests");
    assertThat(owner.row(home)).hasCount(2);
    owner.row(home).last().getByRole(AriaRole.LINK).click();
    Locator why = owner.dialog("Request").getByRole(AriaRole.REGION, region("Why " + home));
    assertThat(why).containsText("Its conversation was new.");
    assertThat(why).containsText("conversations had used " + home + " least");
    assertThat(why).containsText(other);
    assertThat(loads(why)).hasCount(2);
    owner.page().keyboard().press("Escape");
    owner.row(home).first().getByRole(AriaRole.LINK).click();
    assertThat(why).containsText("Its conversation led back to " + home);
    assertThat(why).containsText("1.25 × the mean");
    owner.picture("request-affinity");
  }

  private static Locator loads(Locator region) {
    return region.getByRole(
        AriaRole.IMG, new Locator.GetByRoleOptions().setName(Pattern.compile("^Load ")));
  }

  private static Locator.GetByRoleOptions region(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }

  @Test
  void theAssistantStreamsSaysWhoAnsweredAndStops() {
    Screen owner = visit.ownerWithKeys().open("/assistant");
    assertThat(owner.text("Ask something").first()).isVisible();
    owner.field("Your message").fill("Tell me about rivers");
    owner.button("Send").click();
    Locator answer = owner.field("Conversation").getByRole(AriaRole.LISTITEM).last();
    assertThat(answer).containsText("by alpha");
    assertThat(answer.getByRole(AriaRole.IMG).first()).hasAccessibleName("OpenAI");
    assertThat(answer.getByText("why this key")).isVisible();
    owner.picture("assistant");

    visit.gateway().simulator.pace(new Pace(Duration.ofMillis(10), 5, 600));
    owner.field("Your message").fill("And about lakes, at length");
    owner.field("Your message").press("Enter");
    Locator slow = owner.field("Conversation").getByRole(AriaRole.LISTITEM).last();
    assertThat(slow.locator("p").first()).isVisible();
    owner.button("Stop").click();
    assertThat(slow).containsText("stopped");
    assertThat(slow).containsText("by alpha");
    assertThat(owner.button("Send")).isVisible();
    owner.link("why this key").first().click();
    assertThat(owner.dialog("Request")).containsText("Why alpha");
  }

  @Test
  void aSettingHoldsFromTheNextRequestOn() {
    Screen owner = visit.ownerWithKeys().open("/settings/general");
    visit.gateway().simulator.always(BrowsedGateway.ALPHA, new Fault.ServerError(500));
    assertThat(visit.gateway().servedBy()).isIn("beta", "gamma");
    owner.field("Attempts").fill("1");
    owner.field("Waiting").fill("0");
    owner.field("Room to wait").fill("20");
    owner.button("Save").click();
    assertThat(owner.text("Saved; it holds from the next request on")).isVisible();
    JsonObject settings = owner.get("/settings");
    assertThat(settings.getInteger("maxAttempts")).isEqualTo(1);
    assertThat(settings.getInteger("maxWaiting")).isEqualTo(20);
    assertThat(settings.getString("promptCacheKey")).isEqualTo("openai");
    owner.send("POST", owner.keyPath("alpha") + "/recover", null);
    assertThat(visit.gateway().servedBy()).isEqualTo("500");
    owner.page().getByRole(AriaRole.TAB, tab("Audit log")).click();
    assertThat(owner.text("changed the settings")).isVisible();
    owner.picture("audit");
  }

  private static Page.GetByRoleOptions tab(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }
}
