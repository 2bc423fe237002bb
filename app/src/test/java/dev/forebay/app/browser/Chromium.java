package dev.forebay.app.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The one browser of all tests.
record Chromium(Playwright playwright, Browser browser) implements AutoCloseable {

  /// Patience for a machine that does much else; on a quiet one nothing takes a second.
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final List<String> PLACES =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

  static Chromium launch() {
    Path executable = executable(System.getenv("CHROMIUM"));
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE.toMillis());
    Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
    return new Chromium(playwright, browser);
  }

  private static Path executable(@Nullable String chosen) {
    return (chosen == null ? PLACES.stream() : Stream.of(chosen))
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() ->
            new AssertionError(
                "The console's tests drive Chromium, and there is none at "
                    + (chosen == null ? String.join(", ", PLACES) : chosen + " ($CHROMIUM)")
                    + ". Install it (Debian: apt-get install chromium), or let the variable"
                    + " CHROMIUM name the program of a Chromium or Chrome that is elsewhere."));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
