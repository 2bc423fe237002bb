package dev.forebay.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.forebay.app.BrowsedGateway;
import dev.forebay.simulator.Limits;
import dev.forebay.simulator.SimulatedOrganization;
import dev.forebay.simulator.SimulatorSpec;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What the health page does while hundreds of keys carry traffic.
///
/// Only counts are asserted: how long a frame takes is the machine's doing. `bench/console` runs
/// this at full load and shows the times too.
@Timeout(300)
class SmoothnessTest {

  private static final int KEYS = 500;
  private static final int OF_ONE_ACCOUNT = 5;
  private static final int REQUESTS = Integer.getInteger("forebay.console.requests", 150);
  private static final int SECONDS = Integer.getInteger("forebay.console.seconds", 8);

  private static final String WATCH = resource("watch.js");

  @RegisterExtension final Visit visit = new Visit(() -> new BrowsedGateway(spec()));

  private static String resource(String name) {
    try (InputStream in = SmoothnessTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String provider(int account) {
    return List.of("anthropic", "openai", "gemini").get(account % 3);
  }

  private static String secret(int key) {
    String begin =
        switch (provider(key / OF_ONE_ACCOUNT)) {
          case "anthropic" -> "sk-ant-test-";
          case "openai" -> "sk-test-";
          default -> "AIza-test-";
        };
    return begin + "%04d-0123456789".formatted(key);
  }

  /// A tenth of the accounts are so small that they are throttled again and again.
  private static SimulatorSpec spec() {
    List<SimulatedOrganization> accounts = new ArrayList<>();
    for (int account = 0; account < KEYS / OF_ONE_ACCOUNT; account++) {
      String[] secrets = new String[OF_ONE_ACCOUNT];
      for (int i = 0; i < OF_ONE_ACCOUNT; i++) {
        secrets[i] = secret(account * OF_ONE_ACCOUNT + i);
      }
      String id = "account-" + account;
      SimulatedOrganization organization =
          switch (provider(account)) {
            case "anthropic" -> SimulatedOrganization.anthropic(id, secrets);
            case "openai" -> SimulatedOrganization.openai(id, secrets);
            default -> SimulatedOrganization.gemini(id, secrets);
          };
      accounts.add(
          account % 10 == 0 ? organization.withLimits(Limits.requestsPerMinute(30)) : organization);
    }
    return SimulatorSpec.of(accounts.toArray(SimulatedOrganization[]::new));
  }

  private Screen ownerWithKeys() {
    Screen owner = visit.owner();
    StringBuilder text = new StringBuilder();
    for (int key = 0; key < KEYS; key++) {
      text.append(provider(key / OF_ONE_ACCOUNT))
          .append(", key-%03d, ".formatted(key))
          .append(secret(key))
          .append('\n');
    }
    JsonObject paste =
        new JsonObject()
            .put("text", text.toString())
            .put("baseUrl", visit.gateway().simulator.origin())
            .put("dailyTokens", 50_000_000)
            .put("dryRun", false);
    assertThat(owner.send("POST", "/keys/import", paste).getInteger("added")).isEqualTo(KEYS);
    return owner;
  }

  @Test
  void hundredsOfKeysUnderLoadCostThePageAFewUpdatesASecond() throws IOException {
    Screen owner = ownerWithKeys();
    Page page = owner.page();
    page.addInitScript(WATCH);
    try (Crowd crowd = new Crowd(visit.gateway(), REQUESTS)) {
      owner.open("/");
      // Which comes first changes as limit groups are learned.
      assertThat(page.getByRole(AriaRole.ROW).getByText(Pattern.compile("^key-\\d{3}$")).first())
          .isVisible();
      page.waitForCondition(() -> crowd.answered() > 5L * REQUESTS);
      assertThat(owner.region("Traffic by key").locator("path").first()).isAttached();

      AtomicInteger calls = new AtomicInteger();
      page.onRequest(request -> calls.incrementAndGet());
      long before = crowd.answered();
      MainThread thread = new MainThread(page);
      page.evaluate("() => watched.begin()");
      page.waitForFunction(
          "seconds => performance.now() - watched.since > seconds * 1000",
          SECONDS,
          new Page.WaitForFunctionOptions().setTimeout(2_000.0 * SECONDS + 60_000));
      JsonObject seen = new JsonObject(page.evaluate("() => watched.report()").toString());
      double served = (crowd.answered() - before) / seen.getDouble("seconds");
      report(seen, served, calls.get(), thread.since());
      owner.picture("health-500-under-load");

      assertThat(served).as("requests a second").isPositive();
      assertThat(calls).as("calls of the page beside its feed").hasValue(0);
      JsonObject events = seen.getJsonObject("events");
      assertThat(events.getDouble("keys")).as("changed rows").isBetween(0.2, 1.5);
      assertThat(events.getDouble("traffic", 0.0)).as("points of the chart").isBetween(0.2, 1.5);
      assertThat(events.getDouble("beat", 0.0)).isLessThan(1);
      assertThat(events.fieldNames()).as("what the page did not ask for").doesNotContain("request");
      assertThat(events.getDouble("pool", 0.0)).as("whole pictures").isLessThan(0.2);
      assertThat(seen.getDouble("paints")).as("frames in which something changed").isLessThan(10);
      assertThat(owner.page().locator("[role=row]").count()).isLessThan(60);
      assertThat(seen.getInteger("nodes")).as("elements of the page").isLessThan(4_000);
      assertThat(seen.getInteger("nodes") - seen.getInteger("nodesBefore"))
          .as("elements more than at the beginning")
          .isLessThan(400);
    }
  }

  /// The processor time of the page's one thread, which another busy process does not lengthen.
  private static final class MainThread {

    private static final List<String> PARTS =
        List.of("TaskDuration", "ScriptDuration", "RecalcStyleDuration", "LayoutDuration");

    private final CDPSession session;
    private final Map<String, Double> before;

    MainThread(Page page) {
      session = page.context().newCDPSession(page);
      JsonObject domain = new JsonObject().put("timeDomain", "threadTicks");
      session.send("Performance.enable", JsonParser.parseString(domain.encode()).getAsJsonObject());
      before = seconds();
    }

    private Map<String, Double> seconds() {
      Map<String, Double> seconds = new LinkedHashMap<>();
      JsonObject metrics = new JsonObject(session.send("Performance.getMetrics").toString());
      for (Object each : metrics.getJsonArray("metrics")) {
        JsonObject metric = (JsonObject) each;
        if (PARTS.contains(metric.getString("name"))) {
          seconds.put(metric.getString("name"), metric.getDouble("value"));
        }
      }
      return seconds;
    }

    Map<String, Double> since() {
      Map<String, Double> used = new LinkedHashMap<>();
      seconds().forEach((part, now) -> used.put(part, now - before.getOrDefault(part, 0.0)));
      return used;
    }
  }

  private static void report(JsonObject seen, double served, int calls, Map<String, Double> thread)
      throws IOException {
    String file = System.getProperty("forebay.console.report");
    if (file == null) {
      return;
    }
    JsonObject events = seen.getJsonObject("events");
    StringBuilder text = new StringBuilder();
    line(text, "requests served a second", served);
    line(text, "calls of the page beside its feed", calls);
    for (String name : events.fieldNames().stream().sorted().toList()) {
      line(text, "feed: '" + name + "' a second", events.getDouble(name));
    }
    line(text, "feed: kB a second", seen.getDouble("kilobytes"));
    line(text, "frames a second", seen.getDouble("frames"));
    line(text, "frames a second in which something changed", seen.getDouble("paints"));
    line(text, "rows that changed in such a frame", seen.getDouble("rowsPerPaint"));
    line(text, "from frame to frame, median, ms", seen.getDouble("frameP50"));
    line(text, "from frame to frame, 95 of 100, ms", seen.getDouble("frameP95"));
    line(text, "from frame to frame, 99 of 100, ms", seen.getDouble("frameP99"));
    line(text, "from frame to frame, longest, ms", seen.getDouble("frameMax"));
    line(text, "tasks over 50 ms a second", seen.getDouble("longTasks"));
    line(text, "longest task, ms", seen.getDouble("longTaskMax"));
    line(text, "blocked, ms a second", seen.getDouble("blocked"));
    thread.forEach((part, used) ->
        line(text, "processor, ms a second: " + part, used * 1_000 / seen.getDouble("seconds")));
    line(text, "elements of the page", seen.getDouble("nodes"));
    Files.writeString(Path.of(file), text);
  }

  private static void line(StringBuilder text, String what, double figure) {
    text.append(String.format(Locale.ROOT, "%-46s %10.1f%n", what, figure));
  }
}
