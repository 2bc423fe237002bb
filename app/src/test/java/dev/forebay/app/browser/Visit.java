package dev.forebay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.forebay.app.BrowsedGateway;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/// A gateway of the test's own, and windows onto it.
///
/// With `-Dforebay.pictures=<directory>` tests leave pictures of what they saw there, and of how
/// every window looked when its test failed.
final class Visit implements BeforeEachCallback, AfterEachCallback {

  static final String OWNER = "ada@example.org";
  static final String PASSWORD = "a long enough password";

  private static final @Nullable String PICTURES = System.getProperty("forebay.pictures");

  /// The browser itself logs answers like these; whether they are right is asserted elsewhere.
  private static final Pattern REFUSED_CALL =
      Pattern.compile("Failed to load resource: .* status of (401|403|409|422|429) .*");

  private final Supplier<BrowsedGateway> start;
  private final List<String> faults = new ArrayList<>();
  private final List<Pattern> expected = new ArrayList<>();
  private final List<BrowserContext> contexts = new ArrayList<>();
  private @Nullable Chromium chromium;
  private @Nullable BrowsedGateway gateway;
  private boolean owned;

  Visit() {
    this(BrowsedGateway::new);
  }

  /// @param start the gateway of each test
  Visit(Supplier<BrowsedGateway> start) {
    this.start = start;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    chromium =
        context
            .getRoot()
            .getStore(Namespace.GLOBAL)
            .computeIfAbsent(Chromium.class, _ -> Chromium.launch(), Chromium.class);
    gateway = start.get();
  }

  BrowsedGateway gateway() {
    return Objects.requireNonNull(gateway);
  }

  /// What the console may log in this test, such as that a connection failed which the test cut.
  void expect(String message) {
    expected.add(Pattern.compile(message));
  }

  /// A window that knows nothing yet.
  Screen visitor() {
    return visitor(new NewContextOptions());
  }

  Screen visitor(NewContextOptions options) {
    BrowserContext context =
        Objects.requireNonNull(chromium)
            .browser()
            .newContext(options.setPermissions(List.of("clipboard-read", "clipboard-write")));
    contexts.add(context);
    context.setDefaultTimeout(Chromium.PATIENCE.toMillis());
    context.onConsoleMessage(this::heard);
    context.onWebError(error -> faults.add("an exception in the page: " + error.error()));
    context.onRequest(request -> {
      if (!request.url().startsWith(gateway().url() + "/")) {
        fault("a request to somebody else: " + request.url());
      }
    });
    return new Screen(context.newPage(), gateway());
  }

  private void heard(ConsoleMessage message) {
    boolean fine =
        switch (message.type()) {
          case "error" ->
              REFUSED_CALL.matcher(message.text()).matches()
                  && message.location().startsWith(gateway().url() + "/api/");
          case "warning" -> !message.text().contains("Content Security Policy");
          default -> true;
        };
    if (!fine) {
      fault("the console said: " + message.text() + " (" + message.location() + ")");
    }
  }

  private void fault(String text) {
    if (expected.stream().noneMatch(pattern -> pattern.matcher(text).find())) {
      faults.add(text);
    }
  }

  /// A window in which the owner is signed in.
  Screen owner() {
    return owner(new NewContextOptions());
  }

  Screen owner(NewContextOptions options) {
    Screen screen = visitor(options);
    if (owned) {
      screen.signIn(OWNER, PASSWORD);
    } else {
      screen.setUp(OWNER, PASSWORD);
      owned = true;
    }
    return screen;
  }

  /// The same, with three keys of OpenAI in the pool: `alpha` before `beta` and `gamma`.
  Screen ownerWithKeys() {
    Screen owner = owner();
    owner.addKey("alpha", BrowsedGateway.ALPHA, 8);
    owner.addKey("beta", BrowsedGateway.BETA, 5);
    owner.addKey("gamma", BrowsedGateway.GAMMA, 5);
    return owner;
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    try {
      if (context.getExecutionException().isPresent()) {
        int window = 0;
        for (BrowserContext open : contexts) {
          for (Page page : open.pages()) {
            picture(page, "failed-" + context.getRequiredTestMethod().getName() + "-" + window++);
          }
        }
      }
    } finally {
      contexts.forEach(BrowserContext::close);
      if (gateway != null) {
        gateway.close();
      }
    }
    assertThat(faults).as("what no window may do").isEmpty();
  }

  /// Keeps a picture, when pictures are wanted.
  static void picture(Page page, String name) {
    if (PICTURES != null) {
      page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(PICTURES, name + ".png")));
    }
  }

  /// The same, of a part of a page.
  static void picture(Locator part, String name) {
    if (PICTURES != null) {
      part.screenshot(new Locator.ScreenshotOptions().setPath(Path.of(PICTURES, name + ".png")));
    }
  }
}
