package dev.forebay.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// How pages fit on screens, and how they are reached without a mouse.
@Timeout(600)
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
          new Place("/settings/fallback", "Fallback"),
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

  /// Answers once two frames were drawn: a page is laid out and painted anew after its window or
  /// its colours have changed.
  private static final String PAINTED =
      "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))";

  /// A page that is still too wide after so many frames stays so.
  private static final int MOST_FRAMES = 40;

  @RegisterExtension final Visit visit = new Visit();

  /// A window's size, as phones, tablets, laptops and desktops have it.
  private record Size(int width, int height) {}

  private static final List<Size> SIZES =
      List.of(new Size(390, 844), new Size(1000, 900), new Size(1280, 900), new Size(1440, 900));

  /// Looks at the page that is open at every size, in light and in dark; with the pictures in both
  /// on a phone and on a desktop.
  private static void fits(Screen screen, String name, List<String> sticking) {
    assertThat(screen.page().locator("[aria-busy]")).hasCount(0);
    for (Size size : SIZES) {
      screen.page().setViewportSize(size.width(), size.height());
      String out = sticksOut(screen.page());
      if (!out.isEmpty()) {
        sticking.add(name + " at " + size.width() + ": " + out);
      }
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        screen.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        String word = scheme.name().toLowerCase(Locale.ROOT);
        assertThat(screen.page().locator("html")).hasAttribute("data-mantine-color-scheme", word);
        screen.page().evaluate(PAINTED);
        screen.picture(name.replaceAll("\\W+", "-") + "-" + size.width() + "-" + word);
      }
    }
  }

  /// Nothing glides or fades while it is looked at.
  private static NewContextOptions still() {
    return new NewContextOptions().setReducedMotion(ReducedMotion.REDUCE);
  }

  private static String sticksOut(Page page) {
    String out = "sideways";
    for (int frames = 0; frames < MOST_FRAMES && !out.isEmpty(); frames += 2) {
      page.evaluate(PAINTED);
      out = (String) page.evaluate(STICKS_OUT);
    }
    return out;
  }

  @Test
  void everyPageFitsEveryScreen() {
    visit.ownerWithKeys();
    Screen owner = visit.owner(still());
    owner.send("PATCH", owner.keyPath("beta"), group());
    owner.send("PATCH", owner.keyPath("gamma"), group());
    visit.gateway().servedBy();
    List<String> sticking = new ArrayList<>();
    for (Place place : PLACES) {
      owner.open(place.path());
      assertThat(owner.heading(place.heading()).first()).isVisible();
      fits(owner, place.path(), sticking);
    }
    owner.open("/requests");
    owner.row("laptop").first().getByRole(AriaRole.LINK).click();
    assertThat(owner.dialog("Request")).containsText("Why");
    fits(owner, "/request", sticking);
    Screen visitor = visit.visitor(still());
    for (String path : new String[] {"/sign-in", "/join", "/join#token=x"}) {
      visitor.open(path);
      assertThat(visitor.page().getByRole(AriaRole.HEADING).first()).isVisible();
      fits(visitor, path, sticking);
    }
    assertThat(sticking).isEmpty();
  }

  @Test
  void theFirstStepsFitEveryScreen() {
    List<String> sticking = new ArrayList<>();
    Screen visitor = visit.visitor(still());
    for (String[] entrance :
        new String[][] {{"/", "nobody yet"}, {visit.gateway().setUpPath(), "set-up"}}) {
      visitor.open(entrance[0]);
      assertThat(visitor.page().getByRole(AriaRole.HEADING).first()).isVisible();
      fits(visitor, entrance[1], sticking);
    }
    Screen owner = visit.owner(still());
    for (String path : new String[] {"/", "/usage", "/requests", "/settings/keys"}) {
      owner.open(path);
      assertThat(owner.page().getByRole(AriaRole.HEADING).first()).isVisible();
      fits(owner, "empty" + path, sticking);
    }
    assertThat(sticking).isEmpty();
  }

  @Test
  void fiveHundredKeysFitEveryScreen() {
    Screen owner = visit.owner(still());
    owner.addManyKeys(500);
    visit.gateway().servedBy();
    List<String> sticking = new ArrayList<>();
    for (String path : new String[] {"/", "/settings/keys"}) {
      owner.open(path);
      assertThat(owner.row("key-000")).isVisible();
      fits(owner, "many" + path, sticking);
    }
    assertThat(sticking).isEmpty();
  }

  private static JsonObject group() {
    return new JsonObject().put("limitGroup", "research-and-development");
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
