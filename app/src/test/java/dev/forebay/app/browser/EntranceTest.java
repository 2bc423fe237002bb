package dev.forebay.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.RequestOptions;
import dev.forebay.app.BrowsedGateway;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Who gets in, and who does not.
@Timeout(180)
class EntranceTest {

  @RegisterExtension final Visit visit = new Visit();

  private static int signIn(Screen screen, String password) {
    screen.field("E-mail").fill(Visit.OWNER);
    screen.field("Password").fill(password);
    return screen.calls("POST", "/session", () -> screen.button("Sign in").click());
  }

  @Test
  void theSetUpLinkMakesTheOwnerAndLeadsToHealth() {
    Screen visitor = visit.visitor().open("/");
    assertThat(visitor.heading("Welcome to Forebay")).isVisible();
    assertThat(visitor.text("printed a set-up link")).isVisible();

    visitor.page().navigate(visit.gateway().setUpLink());
    visitor.field("Name").fill("Ada Reyes");
    visitor.field("E-mail").fill(Visit.OWNER);
    visitor.field("Password").fill("short");
    visitor.button("Make the account").click();
    assertThat(visitor.text("At least 10 characters").first()).isVisible();
    visitor.field("Password").fill(Visit.PASSWORD);
    visitor.button("Make the account").click();
    assertThat(visitor.heading("Health")).isVisible();
    assertThat(visitor.text("The pool is empty")).isVisible();
    assertThat(visitor.link("Add the first API key")).isVisible();
    visitor.picture("first-run");

    Screen late = visit.visitor().open("/setup");
    assertThat(late.heading("Sign in")).isVisible();
  }

  @Test
  void aWrongPasswordStaysOutsideAndGuessingIsSlowedDown() {
    visit.owner();
    Screen visitor = visit.visitor().open("/");
    assertThat(signIn(visitor, "a wrong password")).isEqualTo(401);
    assertThat(visitor.alert()).containsText("is not right");
    assertThat(visitor.field("E-mail")).hasValue(Visit.OWNER);

    int status = 401;
    for (int i = 0; i < 30 && status == 401; i++) {
      status = signIn(visitor, "wrong password " + i);
    }
    assertThat(status).isEqualTo(429);
    assertThat(visitor.alert()).containsText(Pattern.compile("[Tt]oo many"));
    visitor.picture("throttled");

    visit.gateway().skip(Duration.ofMinutes(20));
    assertThat(signIn(visitor, Visit.PASSWORD)).isEqualTo(200);
    assertThat(visitor.heading("Health")).isVisible();
  }

  @Test
  void signingOutLeavesNothingReachable() {
    Screen owner = visit.owner().open("/");
    owner.button("Ada Reyes owner").or(owner.page().getByText("Ada Reyes")).first().click();
    owner.entry("Sign out").click();
    assertThat(owner.heading("Sign in")).isVisible();
    owner.open("/settings/keys");
    assertThat(owner.heading("Sign in")).isVisible();
    assertThat(owner.api("GET", "/keys", null).status()).isEqualTo(401);
  }

  @Test
  void anExpiredSessionLeadsToTheSignInAndBackToThePage() {
    Screen owner = visit.owner().open("/requests?outcome=failed");
    assertThat(owner.heading("Requests")).isVisible();
    visit.gateway().skip(Duration.ofDays(40));
    assertThat(owner.text("Your session has ended")).isVisible();
    assertThat(signIn(owner, Visit.PASSWORD)).isEqualTo(200);
    assertThat(owner.heading("Requests")).isVisible();
    assertThat(owner.page()).hasURL(Pattern.compile(".*/requests\\?outcome=failed"));
  }

  @Test
  void aCallWithoutTheTokenOfTheSessionIsRefused() {
    Screen owner = visit.owner().open("/");
    Object status =
        owner
            .page()
            .evaluate(
                """
                async () => (await fetch("/api/v1/client-keys", {
                  method: "POST",
                  headers: { "content-type": "application/json" },
                  body: '{"name":"smuggled"}',
                })).status
                """);
    assertThat(status).isEqualTo(403);
    assertThat(owner.api("GET", "/client-keys", null).text()).doesNotContain("smuggled");
  }

  /// Another port of the same host is the same site to a browser, so that the cookie goes along.
  @Test
  void aFormOnAnotherOriginChangesNothing() {
    visit.expect("a request to somebody else: http://127.0.0.1");
    Screen owner = visit.ownerWithKeys();
    String page = visit.gateway().simulator.origin() + "/elsewhere";
    owner
        .page()
        .route(
            page,
            route ->
                route.fulfill(
                    new Route.FulfillOptions()
                        .setContentType("text/html")
                        .setBody(
                            "<form method=post action='%s/api/v1%s/pause'><button>Win</button>"
                                .formatted(visit.gateway().url(), owner.keyPath("alpha")))));
    owner.page().navigate(page);
    Response answer =
        owner
            .page()
            .waitForResponse(
                response -> response.url().endsWith("/pause"), () -> owner.button("Win").click());
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.request().allHeaders().get("cookie")).contains("forebay_session=");
    assertThat(owner.health("alpha").getJsonObject("state").getString("state"))
        .isEqualTo("healthy");
  }

  @Test
  void anInvitationIsAcceptedAndMembersSeeNoProviderKeys() {
    Screen owner = visit.ownerWithKeys().open("/settings/people");
    owner.button("Invite somebody").click();
    owner.field("E-mail").fill("bo@example.org");
    owner.button("Make an invitation").click();
    String link = owner.field("The invitation’s link").innerText();
    owner.page().keyboard().press("Escape");
    assertThat(owner.row("bo@example.org")).containsText("Member");

    Screen member = visit.visitor();
    member.page().navigate(link);
    member.field("Name").fill("Bo Lind");
    member.field("Password").fill("the member's password");
    member.button("Join").click();
    assertThat(member.heading("Usage")).isVisible();
    assertThat(member.link("Client keys")).isVisible();
    assertThat(member.link("API keys")).hasCount(0);
    assertThat(member.link("Health")).hasCount(0);
    assertThat(member.link("People")).hasCount(0);
    member.open("/settings/keys");
    assertThat(member.heading("Usage")).isVisible();
    for (String path : new String[] {"/keys", "/pool", "/people", "/settings", "/audit"}) {
      assertThat(member.api("GET", path, null).status()).as(path).isEqualTo(403);
    }
    visit.gateway().ask(BrowsedGateway.CLIENT_KEY);
    member.open("/requests");
    assertThat(member.text("No requests yet")).isVisible();
    member.picture("member");

    owner.open("/settings/people");
    owner.button("Actions for Bo Lind").click();
    owner.entry("Make an admin").click();
    owner.button("Make an admin").click();
    assertThat(owner.row("bo@example.org")).containsText("Admin");
    member.open("/settings/keys");
    assertThat(member.heading("API keys")).isVisible();

    owner.button("Actions for Bo Lind").click();
    owner.entry("Remove").click();
    owner.button("Remove").click();
    assertThat(owner.row("bo@example.org")).hasCount(0);
    assertThat(member.heading("Sign in")).isVisible();
  }

  @Test
  void aNewPasswordEndsOtherSessions() {
    Screen owner = visit.owner().open("/account");
    Screen other = visit.owner().open("/usage");
    assertThat(other.heading("Usage")).isVisible();
    Page page = owner.page();
    owner.field("Current password").fill("not this one at all");
    owner.field("New password").fill("another long password");
    owner.button("Change password").click();
    assertThat(
            page.getByText(Pattern.compile("password.*(wrong|not)", Pattern.CASE_INSENSITIVE))
                .first())
        .isVisible();
    owner.field("Current password").fill(Visit.PASSWORD);
    owner.button("Change password").click();
    assertThat(owner.text("every other session has ended")).isVisible();
    assertThat(other.heading("Sign in")).isVisible();
    assertThat(owner.row("(this one)")).hasCount(1);
    Screen again = visit.visitor().open("/");
    assertThat(signIn(again, Visit.PASSWORD)).isEqualTo(401);
    assertThat(signIn(again, "another long password")).isEqualTo(200);
  }

  @Test
  void anApiTokenIsShownOnceAndWorksAsBearer() {
    Screen owner = visit.owner().open("/account");
    owner.button("New token").click();
    owner.dialog("New API token").getByLabel("Name").fill("deploy script");
    owner.button("Create").click();
    String token = owner.field("The new API token").innerText();
    Screen script = visit.visitor();
    String url = visit.gateway().url() + "/api/v1/keys";
    RequestOptions bearer = RequestOptions.create().setHeader("authorization", "Bearer " + token);
    assertThat(script.page().request().get(url, bearer).status()).isEqualTo(200);
    owner.page().reload();
    assertThat(owner.row("deploy script")).isVisible();
    assertThat(owner.page().content()).doesNotContain(token);
    owner.button("Revoke deploy script").click();
    owner.button("Revoke").last().click();
    assertThat(owner.row("deploy script")).hasCount(0);
    assertThat(script.page().request().get(url, bearer).status()).isEqualTo(401);
    assertThat(new JsonObject(owner.api("GET", "/session", null).text()).getString("state"))
        .isEqualTo("signed-in");
  }
}
