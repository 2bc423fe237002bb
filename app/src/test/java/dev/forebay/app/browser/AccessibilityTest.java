package dev.forebay.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.forebay.app.BrowsedGateway;
import dev.forebay.simulator.Fault;
import dev.forebay.simulator.RateLimitKind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What axe finds on every page: contrast, names, roles and structure by WCAG 2.1 AA. Serious and
/// critical findings fail.
@Timeout(300)
class AccessibilityTest {

  /// A development dependency of the console.
  private static final Path AXE =
      Path.of("..", "console", "node_modules", "axe-core", "axe.min.js");

  private static final String RUN =
      """
      async () => {
        const found = await axe.run(document, {
          runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
          resultTypes: ["violations"],
          // An experiment of axe that takes the commas of a spoken list for another name.
          rules: { "label-content-name-mismatch": { enabled: false } },
        });
        return JSON.stringify(found.violations
          .filter(({ impact }) => impact === "serious" || impact === "critical")
          .flatMap(({ id, nodes }) => nodes.slice(0, 4).map((node) =>
            id + ": " + node.html.slice(0, 160) + " – " + (node.any[0] ?? node.all[0] ?? node.none[0])?.message)));
      }
      """;

  private static final List<String> PATHS =
      List.of(
          "/",
          "/usage",
          "/requests",
          "/assistant",
          "/settings/keys",
          "/settings/keys?add",
          "/settings/keys?paste",
          "/settings/google",
          "/settings/client-keys",
          "/settings/fallback",
          "/settings/people",
          "/settings/general",
          "/settings/general?view=prices",
          "/settings/general?view=audit",
          "/account",
          "/nowhere",
          "/api/docs");

  @RegisterExtension final Visit visit = new Visit();

  private final List<String> findings = new ArrayList<>();

  private void examine(Screen screen, String name) throws IOException {
    assertThat(screen.page().getByRole(AriaRole.HEADING).first()).isVisible();
    assertThat(screen.page().locator("[aria-busy]")).hasCount(0);
    screen.page().evaluate(Files.readString(AXE));
    JsonArray found = new JsonArray(screen.page().evaluate(RUN).toString());
    found.forEach(finding -> findings.add(name + " " + finding));
  }

  /// Every state there is, so that every colour is seen.
  private Screen states() {
    Screen owner = visit.ownerWithKeys();
    owner.addKey("claude", BrowsedGateway.CLAUDE, 5);
    owner.edit("beta", new JsonObject().put("priority", 9).put("dailyUsd", 5));
    visit
        .gateway()
        .simulator
        .script(BrowsedGateway.BETA, Fault.rateLimited(RateLimitKind.OPENAI_INSUFFICIENT_QUOTA));
    visit.gateway().servedBy();
    owner.edit("alpha", new JsonObject().put("dailyTokens", 1));
    visit.gateway().simulator.always(BrowsedGateway.GAMMA, new Fault.Unauthorized());
    visit.gateway().servedBy();
    owner.send("POST", owner.keyPath("claude") + "/pause", null);
    owner.send("POST", "/client-keys", new JsonObject().put("name", "phone"));
    owner.send(
        "POST",
        "/people/invitations",
        new JsonObject().put("email", "bo@example.org").put("role", "member"));
    return owner;
  }

  private void everyPage(ColorScheme scheme, int width) throws IOException {
    Screen states = states();
    JsonArray requests = states.get("/requests").getJsonArray("requests");
    while (requests.isEmpty()) {
      // A row is stored within a second of its end.
      requests = states.get("/requests").getJsonArray("requests");
    }
    String request = requests.getJsonObject(0).getString("id");
    NewContextOptions options =
        new NewContextOptions()
            .setViewportSize(width, 900)
            .setColorScheme(scheme)
            // What fades in has the contrast of half a picture meanwhile.
            .setReducedMotion(ReducedMotion.REDUCE);
    for (String path : new String[] {"/sign-in", "/join", "/join#token=x"}) {
      examine(visit.visitor(options).open(path), path);
    }
    Screen owner = visit.owner(options);
    for (String path : PATHS) {
      examine(owner.open(path), path);
    }
    examine(owner.open("/requests/" + request), "a request");
    owner.open("/settings/keys").button("Budgets of beta").click();
    assertThat(owner.field("Daily dollars")).isVisible();
    examine(owner, "budgets in place");
    assertThat(findings).isEmpty();
  }

  @Test
  void everyPageIsReadableAndNamedInLight() throws IOException {
    everyPage(ColorScheme.LIGHT, 1440);
  }

  @Test
  void everyPageIsReadableAndNamedOnAPhoneInDark() throws IOException {
    everyPage(ColorScheme.DARK, 390);
  }
}
