package dev.forebay.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.forebay.app.BrowsedGateway;
import dev.forebay.simulator.Fault;
import dev.forebay.simulator.GoogleUsage;
import dev.forebay.simulator.RateLimitKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Google accounts: from the set-up to the last goodbye, in front of a simulated Google.
///
/// The pictures of `docs/google-accounts.md` are made here: `-Dforebay.pictures=<directory>`.
@Timeout(300)
class GoogleAccountsTest {

  private static final String ANNA = "anna@example.org";
  private static final String BEN = "ben@example.org";
  private static final String CARLA = "carla@example.org";

  @RegisterExtension final Visit visit = new Visit();

  @BeforeEach
  void googleIsSomebodyElse() {
    visit.expect("a request to somebody else: http://127\\.0\\.0\\.1:\\d+/o/oauth2/v2/auth");
    // Google refuses some requests on its own page.
    visit.expect("Failed to load resource: .*\\(http://127\\.0\\.0\\.1:\\d+/o/oauth2/v2/auth");
  }

  private Screen owner() {
    return visit.owner(
        new NewContextOptions().setViewportSize(1360, 760).setColorScheme(ColorScheme.LIGHT));
  }

  /// Enters the OAuth client on the page and lets Google check it.
  private Screen setUp() {
    Screen owner = owner().open("/settings/google");
    assertThat(owner.text("Set up Google once")).isVisible();
    owner.field("Client id").fill(BrowsedGateway.GOOGLE_CLIENT);
    owner.field("Client secret").fill(BrowsedGateway.GOOGLE_SECRET);
    owner.choice("Publishing status", "Testing").click();
    owner.button("Save and check").click();
    assertThat(owner.text("No Google accounts yet")).isVisible();
    return owner;
  }

  private static Locator card(Screen owner, String email) {
    return owner
        .page()
        .getByRole(AriaRole.ARTICLE, new Page.GetByRoleOptions().setName(email).setExact(true));
  }

  /// Goes to Google, allows everything, and is back on the console.
  private static void allow(Screen owner, String email) {
    chooseAtGoogle(owner, email);
    owner.button("Allow").click();
  }

  private static void chooseAtGoogle(Screen owner, String email) {
    assertThat(owner.heading("Choose an account")).isVisible();
    owner.page().getByText(email).click();
    assertThat(owner.heading("Forebay wants access to your Google Account")).isVisible();
  }

  private static void connect(Screen owner, String email, String project) {
    owner.button("Add account").click();
    allow(owner, email);
    Locator dialog = owner.dialog("Project of " + email);
    dialog.getByText(project).first().click();
    dialog
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Check and use"))
        .click();
    assertThat(dialog).hasCount(0);
    assertThat(card(owner, email)).containsText("Healthy");
  }

  private Screen withThreeAccounts() {
    Screen owner = setUp();
    connect(owner, ANNA, "Acme Research");
    connect(owner, BEN, "Acme Mobile");
    connect(owner, CARLA, "Acme Support");
    return owner;
  }

  private Map<String, Integer> serve(int requests) {
    Map<String, Integer> served = new HashMap<>();
    for (int i = 0; i < requests; i++) {
      served.merge(visit.gateway().geminiServedBy(), 1, Integer::sum);
    }
    return served;
  }

  private GoogleUsage atGoogle(String email) {
    return visit.gateway().simulator.google().usage(email);
  }

  @Test
  void accountsAreConnectedServeAreThrottledRevokedReconnectedAndRemoved() {
    Screen owner = withThreeAccounts();
    Locator link = owner.page().locator("a[href='/settings/google']");
    assertThat(link).containsText("3 accounts · 3 healthy");

    // The traffic spreads.
    assertThat(serve(90))
        .containsOnlyKeys(ANNA, BEN, CARLA)
        .allSatisfy((_, requests) -> assertThat(requests).isBetween(20, 40));
    assertThat(card(owner, ANNA)).containsText("tokens");
    assertThat(owner.alert()).hasCount(0);
    owner.picture("google-accounts");

    // One is throttled and comes back.
    visit.gateway().simulator.script(ANNA, Fault.rateLimited(RateLimitKind.GEMINI_PREPAY_DEPLETED));
    while (!owner.health(ANNA).getJsonObject("state").getString("state").equals("throttled")) {
      assertThat(serve(1)).doesNotContainKey("429");
    }
    assertThat(card(owner, ANNA)).containsText("Throttled");
    assertThat(card(owner, ANNA).locator("time").first())
        .hasText(Pattern.compile("(\\d+:)?\\d+:\\d\\d"));
    assertThat(link).containsText("3 accounts · 2 healthy");
    assertThat(serve(20)).containsOnlyKeys(BEN, CARLA);
    owner.button("Recover " + ANNA + " now").click();
    assertThat(card(owner, ANNA)).not().containsText("Throttled");
    assertThat(serve(60)).containsKeys(ANNA, BEN, CARLA);

    // One is revoked at Google and asks to be reconnected, while the others go on.
    visit.gateway().simulator.google().revoke(BEN);
    assertThat(serve(30)).doesNotContainKeys("401", "403", "429", "502", "503");
    assertThat(card(owner, BEN)).containsText("Needs reconnecting");
    assertThat(link).containsText("3 accounts · 2 healthy");
    assertThat(serve(20)).containsOnlyKeys(ANNA, CARLA);
    owner.picture("google-reconnect");
    owner.button("Reconnect " + BEN).click();
    assertThat(owner.heading("Forebay wants access to your Google Account")).isVisible();
    owner.button("Allow").click();
    assertThat(card(owner, BEN)).containsText("Healthy");
    assertThat(serve(60)).containsKeys(ANNA, BEN, CARLA);

    // One is removed, and its token revoked.
    owner.button("More about " + CARLA).click();
    owner.entry("Remove").click();
    assertThat(atGoogle(CARLA).revocations()).isZero();
    owner.button("Remove and revoke").click();
    assertThat(card(owner, CARLA)).hasCount(0);
    assertThat(link).containsText("2 accounts · 2 healthy");
    assertThat(atGoogle(CARLA).revocations()).isEqualTo(1);
    assertThat(atGoogle(CARLA).standingGrants()).isZero();
    assertThat(atGoogle(ANNA).revocations()).isZero();
    assertThat(serve(20)).containsOnlyKeys(ANNA, BEN);
  }

  @Test
  void theSetUpSaysWhatGoogleFindsWrong() {
    Screen owner = owner().open("/settings/google");
    assertThat(owner.field("Redirect URI"))
        .hasText(visit.gateway().url() + "/settings/google/callback");
    owner.button("Copy the redirect URI").click();
    assertThat(owner.button("Copied").first()).isVisible();
    owner.field("Client id").fill(BrowsedGateway.GOOGLE_CLIENT);
    owner.field("Client secret").fill("GOCSPX-test-another-one");
    Screen.pictureOf(owner.region("Set up Google once"), "google-set-up");
    owner.button("Save and check").click();
    Locator findings =
        owner
            .page()
            .getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("What Google says"));
    assertThat(findings).containsText("secret");
    assertThat(findings.locator("[data-state=rejected]").first()).isVisible();

    owner.button("Change").click();
    owner.field("Client secret").fill(BrowsedGateway.GOOGLE_SECRET);
    owner.button("Save and check").click();
    assertThat(findings.locator("[data-state=rejected]")).hasCount(0);
    assertThat(findings.locator("[data-state=healthy]").first()).isVisible();
  }

  @Test
  void everyStepOnTheWayToGoogleAndBackIsShown() {
    Screen owner = setUp();
    owner.button("Add account").click();
    assertThat(owner.heading("Choose an account")).isVisible();
    owner.page().getByText(ANNA).click();
    assertThat(owner.button("Allow")).isVisible();
    owner.picture("google-consent");
    owner.button("Allow").click();
    Locator dialog = owner.dialog("Project of " + ANNA);
    assertThat(dialog).containsText("Acme Mobile");
    assertThat(owner.page()).not().hasURL(Pattern.compile("code=|state="));
    owner.picture("google-project");
    dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Later")).click();
    assertThat(card(owner, ANNA)).containsText("Needs a project");
    assertThat(visit.gateway().geminiServedBy()).isNotEqualTo(ANNA);
    owner.button("Choose a project").click();
    dialog.getByText("Another project").click();
    dialog.getByLabel("Project id").fill("acme-support");
    dialog
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Check and use"))
        .click();
    assertThat(dialog.getByRole(AriaRole.ALERT)).isVisible();
    dialog.getByText("Acme Research").first().click();
    dialog
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Check and use"))
        .click();
    assertThat(card(owner, ANNA)).containsText("Healthy");
    assertThat(visit.gateway().geminiServedBy()).isEqualTo(ANNA);
  }

  @Test
  void aCancelledConsentConnectsNothingAndSaysSo() {
    Screen owner = setUp();
    owner.button("Add account").click();
    chooseAtGoogle(owner, ANNA);
    owner.button("Cancel").click();
    assertThat(owner.alert()).containsText("The account is not connected");
    assertThat(owner.page()).not().hasURL(Pattern.compile("state=|error="));
    owner.link("To the accounts").click();
    assertThat(owner.text("No Google accounts yet")).isVisible();
    assertThat(atGoogle(ANNA).refusals()).isEqualTo(1);
  }

  @Test
  void theConsentSurvivesARestartWhileSomebodyIsAtGoogle() {
    visit.expect("ERR_|Failed to load resource|a request failed");
    Screen owner = setUp();
    owner.button("Add account").click();
    chooseAtGoogle(owner, ANNA);
    visit.gateway().restart();
    owner.button("Allow").click();
    assertThat(owner.dialog("Project of " + ANNA)).isVisible();
  }

  @Test
  void accountsThatShareAProjectAreWarnedOf() {
    Screen owner = setUp();
    connect(owner, ANNA, "Acme Mobile");
    owner.button("Add account").click();
    allow(owner, BEN);
    Locator dialog = owner.dialog("Project of " + BEN);
    assertThat(dialog).containsText("used by " + ANNA + " already");
    dialog
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Check and use"))
        .click();
    assertThat(card(owner, BEN)).containsText("Healthy");
    Locator warnings =
        owner.page().getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Warnings"));
    assertThat(warnings).containsText("One project, one quota");
    assertThat(warnings).containsText("The consent screen is in testing");
    owner.picture("google-warnings");
  }

  @Test
  void cardsAndFormsFitAPhone() {
    Screen owner = withThreeAccounts();
    visit.gateway().simulator.google().revoke(BEN);
    serve(10);
    assertThat(card(owner, BEN)).containsText("Needs reconnecting");
    owner.page().setViewportSize(390, 844);
    fits(owner);
    owner.picture("google-phone");
    owner.button("Change").click();
    assertThat(owner.text("Change the OAuth client")).isVisible();
    fits(owner);
    owner.page().navigate(owner.page().url() + "?service-account");
    assertThat(owner.dialog("Add a service account")).isVisible();
    fits(owner);
  }

  private static void fits(Screen owner) {
    // The navigation glides away first.
    owner.page().waitForFunction("() => document.documentElement.scrollWidth === 390");
  }

  @Test
  void aTokenIsRefreshedWhileNobodyLooks() {
    Screen owner = setUp();
    connect(owner, ANNA, "Acme Research");
    visit.gateway().skip(Duration.ofMinutes(59));
    assertThat(card(owner, ANNA)).containsText("Healthy");
    while (atGoogle(ANNA).refreshes() == 0) {
      assertThat(visit.gateway().geminiServedBy()).isEqualTo(ANNA);
    }
    assertThat(visit.gateway().geminiServedBy()).isEqualTo(ANNA);
  }
}
