package dev.forebay.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Route;
import dev.forebay.app.BrowsedGateway;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/// Walks through every page with secrets of every kind in use, and looks for them wherever text
/// comes out: answers, the event feed, the pages themselves, the logs and the files.
@Timeout(300)
class SecretsTest {

  private static final List<String> PATHS =
      List.of(
          "/",
          "/usage",
          "/requests",
          "/assistant",
          "/settings/keys",
          "/settings/client-keys",
          "/settings/people",
          "/settings/general",
          "/settings/general?view=prices",
          "/settings/general?view=audit",
          "/account",
          "/api/docs");

  private static final List<String> CALLS =
      List.of(
          "/session",
          "/keys",
          "/pool",
          "/pool/traffic",
          "/client-keys",
          "/people",
          "/settings",
          "/audit",
          "/models",
          "/requests",
          "/account/sessions",
          "/account/tokens",
          "/usage?groupBy=key&from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z");

  @RegisterExtension final Visit visit = new Visit();

  /// Where something was said, and what.
  private record Said(String where, String what) {}

  private final List<Said> said = new CopyOnWriteArrayList<>();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  /// Asks the gateway in the page's stead and hands on what it answered. A browser forgets the
  /// answers of a page as soon as it leaves it, so what it holds can't be read in time.
  private void hear(Route route) {
    APIResponse answer = route.fetch(new Route.FetchOptions().setMaxRedirects(0));
    said.add(new Said(route.request().method() + " " + answer.url(), answer.text()));
    route.fulfill(new Route.FulfillOptions().setResponse(answer));
  }

  @Test
  void noSecretIsInAnAnswerThePageTheFeedALogOrAFile() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level before = root.getLevel();
    log.start();
    root.addAppender(log);
    root.setLevel(Level.DEBUG);
    try {
      walk();
    } finally {
      root.detachAppender(log);
      root.setLevel(before);
    }
  }

  private void walk() throws Exception {
    Screen owner = visit.ownerWithKeys();
    String client =
        owner
            .send("POST", "/client-keys", new JsonObject().put("name", "phone"))
            .getString("secret");
    String token =
        owner
            .send("POST", "/account/tokens", new JsonObject().put("name", "script"))
            .getString("secret");
    String invitation =
        owner
            .send(
                "POST",
                "/people/invitations",
                new JsonObject().put("email", "bo@example.org").put("role", "member"))
            .getString("link");
    Map<String, String> secrets =
        Map.of(
            "a provider key",
            BrowsedGateway.ALPHA,
            "another provider key",
            BrowsedGateway.BETA,
            "a client key",
            client,
            "a client key of the file",
            BrowsedGateway.CLIENT_KEY,
            "an API token",
            token,
            "an invitation",
            invitation.substring(invitation.indexOf('=') + 1),
            "a password",
            Visit.PASSWORD,
            "a wrong password",
            "a password that is wrong",
            "a refused provider key",
            "sk-test-refused-0123456789");

    owner
        .page()
        .onResponse(answer ->
            said.add(new Said("headers of " + answer.url(), answer.headers().toString())));
    // Assets are built before there are secrets; the feed never ends and is read on its own.
    owner.page().route(Pattern.compile("/api/(?!v1/events)"), this::hear);
    owner.open("/");
    owner
        .page()
        .evaluate(
            """
            () => {
              window.feed = "";
              fetch("/api/v1/events?topics=pool,requests").then(async (response) => {
                const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
                for (;;) {
                  const { value, done } = await reader.read();
                  if (done) break;
                  window.feed += value;
                }
              });
            }
            """);
    // Who comes later hears nothing of what was asked before.
    owner.page().waitForFunction("() => window.feed !== ''");
    visit.gateway().ask(client);
    visit.gateway().ask("fb-made-up-0123456789");
    owner.api(
        "POST",
        "/keys/test",
        new JsonObject()
            .put("secret", "sk-test-refused-0123456789")
            .put("baseUrl", visit.gateway().simulator.origin()));
    owner.api(
        "PUT",
        "/account/password",
        new JsonObject().put("current", "a password that is wrong").put("next", Visit.PASSWORD));
    owner.page().waitForFunction("() => window.feed.includes('event: request')");
    said.add(new Said("the feed", (String) owner.page().evaluate("() => window.feed")));
    for (String path : PATHS) {
      owner.open(path);
      assertThat(owner.page().locator("h1").first()).isVisible();
      assertThat(owner.page().locator("[aria-busy]")).hasCount(0);
      said.add(new Said("the page " + path, owner.page().content()));
    }
    for (String call : CALLS) {
      said.add(new Said("GET " + call, owner.api("GET", call, null).text()));
    }
    for (ILoggingEvent event : log.list) {
      said.add(new Said("the log", event.getFormattedMessage() + " " + event.getThrowableProxy()));
    }
    for (byte[] file : visit.gateway().files()) {
      said.add(new Said("a file", new String(file, StandardCharsets.ISO_8859_1)));
    }
    assertThat(said)
        .hasSizeGreaterThan(100)
        .extracting(Said::where)
        .contains(
            "GET " + visit.gateway().url() + "/api/v1/session",
            "headers of " + visit.gateway().url() + "/settings/keys");
    secrets.forEach((kind, secret) ->
        assertThat(said).as(kind).noneMatch(each -> each.what().contains(secret)));
  }
}
