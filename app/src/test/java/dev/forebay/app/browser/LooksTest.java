package dev.forebay.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// How pages fit on screens, and how they are reached without a mouse.
@Timeout(300)
class LooksTest {

  /// A page, and the heading that stands there once it is loaded.
  private record Place(String path, String heading) {}

  private static final List<Place> PLACES =
      List.of(
          new Place("/", "Health"),
          new Place("/usage", "Usage"),
          new Place("/requests", "Requests"),
          new Place("/assistant", "Assistant"),
          new Place("/settings/keys", "API keys"),
          new Place("/settings/keys?add", "Add an API key"),
          new Place("/settings/keys?paste", "Paste many API keys"),
          new Place("/settings/google", "Google Gemini"),
          new Place("/settings/google?service-account", "Add a service account"),
          new Place("/settings/google/callback", "There is nothing to finish here"),
          new Place("/settings/client-keys", "Client keys"),
          new Place("/settings/people", "People"),
          new Place("/settings/general", "General"),
          new Place("/settings/general?view=prices", "General"),
          new Place("/settings/general?view=audit", "General"),
          new Place("/account", "Account"),
          new Place("/nowhere", "There is no such page"));

  /// What sticks out of the window sideways, but for what scrolls in a box of its own.
  private static final String STICKS_OUT =
      """
      () => {
        const width = document.documentElement.clientWidth;
        const page = document.documentElement.scrollWidth;
        return page <= width ? "" : page + " > " + width + ": " +
          [...document.querySelectorAll("body *")]
            .filter((element) => element.getBoundingClientRect().right > width + 1)
            .map((element) => element.tagName + "." + element.className).slice(0, 5).join(" ");
      }
      """;

  @RegisterExtension final Visit visit = new Visit();

  private void fits(ColorScheme scheme, int width) {
    NewContextOptions options =
        new NewContextOptions().setViewportSize(width, 900).setColorScheme(scheme);
    Screen seeded = visit.ownerWithKeys();
    seeded.send("PATCH", seeded.keyPath("beta"), group());
    seeded.send("PATCH", seeded.keyPath("gamma"), group());
    visit.gateway().servedBy();
    Screen owner = visit.owner(options);
    List<String> sticking = new ArrayList<>();
    for (Place place : PLACES) {
      owner.open(place.path());
      assertThat(owner.heading(place.heading()).first()).isVisible();
      assertThat(owner.page().locator("[aria-busy]")).hasCount(0);
      assertThat(owner.page().locator("html"))
          .hasAttribute("data-mantine-color-scheme", scheme.name().toLowerCase(Locale.ROOT));
      String out = (String) owner.page().evaluate(STICKS_OUT);
      if (!out.isEmpty()) {
        sticking.add(place.path() + ": " + out);
      }
      owner.picture(
          place.path().replaceAll("\\W+", "-") + "-" + width + "-" + scheme.name().charAt(0));
    }
    for (String path : new String[] {"/sign-in", "/join", "/join#token=x"}) {
      Screen visitor = visit.visitor(options).open(path);
      assertThat(visitor.page().getByRole(AriaRole.HEADING).first()).isVisible();
      String out = (String) visitor.page().evaluate(STICKS_OUT);
      if (!out.isEmpty()) {
        sticking.add(path + ": " + out);
      }
    }
    assertThat(sticking).isEmpty();
  }

  private static JsonObject group() {
    return new JsonObject().put("limitGroup", "research-and-development");
  }

  @Test
  void everyPageFitsAPhoneInLight() {
    fits(ColorScheme.LIGHT, 390);
  }

  @Test
  void everyPageFitsADesktopInDark() {
    fits(ColorScheme.DARK, 1440);
  }

  @Test
  void everyPageFitsASmallLaptop() {
    fits(ColorScheme.LIGHT, 1280);
  }

  @Test
  void everyPageFitsATablet() {
    fits(ColorScheme.DARK, 1000);
  }

  @Test
  void thePagesOfAPhoneAreReachedThroughItsMenu() {
    Screen owner = visit.owner(new NewContextOptions().setViewportSize(390, 800)).open("/");
    assertThat(owner.heading("Health")).isVisible();
    owner.button("Navigation").click();
    owner.link("Usage").click();
    assertThat(owner.heading("Usage")).isVisible();
  }

  @Test
  void keysOfTheKeyboardLeadEverywhere() {
    Screen owner = visit.ownerWithKeys().open("/");
    assertThat(owner.row("alpha")).isVisible();
    for (String[] way :
        new String[][] {
          {"u", "Usage"},
          {"r", "Requests"},
          {"a", "Assistant"},
          {"k", "API keys"},
          {"m", "Google Gemini"},
          {"c", "Client keys"},
          {"p", "People"},
          {"s", "General"},
          {"h", "Health"}
        }) {
      owner.page().keyboard().type("g" + way[0]);
      assertThat(owner.heading(way[1])).isVisible();
    }
    owner.page().keyboard().press("/");
    Locator search = owner.field("Search keys");
    assertThat(search).isFocused();
    owner.page().keyboard().type("gam");
    assertThat(owner.row("alpha")).hasCount(0);
    assertThat(owner.row("gamma")).isVisible();
    owner.page().keyboard().press("Escape");
    assertThat(owner.row("alpha")).isVisible();
    owner.page().keyboard().press("?");
    assertThat(owner.dialog("Keyboard shortcuts")).isVisible();
    owner.page().keyboard().press("Escape");
    assertThat(owner.dialog("Keyboard shortcuts")).hasCount(0);
  }

  @Test
  void theAppearanceIsChosenAndKept() {
    Screen owner =
        visit.owner(new NewContextOptions().setColorScheme(ColorScheme.LIGHT)).open("/account");
    Locator page = owner.page().locator("html");
    assertThat(page).hasAttribute("data-mantine-color-scheme", "light");
    owner.region("Appearance").getByText("Dark").click();
    assertThat(page).hasAttribute("data-mantine-color-scheme", "dark");
    owner.page().reload();
    assertThat(page).hasAttribute("data-mantine-color-scheme", "dark");
  }
}
