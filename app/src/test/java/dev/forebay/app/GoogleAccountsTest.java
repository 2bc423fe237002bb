package dev.forebay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.simulator.Limits;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Google accounts through the whole program, in front of a simulated Google.
@Timeout(300)
class GoogleAccountsTest {

  private static final Limits THIRTY_A_MINUTE = Limits.requestsPerMinute(30);

  @TempDir private Path folder;

  /// What a pool serves in ten minutes to clients that want more than it has.
  private static int carried(GoogleFixture fixture) throws Exception {
    int served = 0;
    for (int second = 0; second < 600; second++) {
      while (fixture.generate().status() == 200) {
        served++;
      }
      fixture.advance(Duration.ofSeconds(1));
    }
    return served;
  }

  private static int carriedBy(int accounts) throws Exception {
    try (GoogleFixture fixture = new GoogleFixture(THIRTY_A_MINUTE)) {
      fixture.connect(accounts);
      return carried(fixture);
    }
  }

  @Test
  void fourProjectsCarryFourTimesTheTrafficOfOne() throws Exception {
    int one = carriedBy(1);
    int four = carriedBy(4);

    // The quota is one of minutes of the clock, so that no burst comes on top of it.
    assertThat(one).isBetween(297, 330);
    assertThat(four / (double) one).isBetween(3.96, 4.04);
  }

  @Test
  void twoAccountsOfOneProjectCarryNoMoreThanOneAndThePageSaysSo() throws Exception {
    int one = carriedBy(1);
    try (GoogleFixture fixture = new GoogleFixture(THIRTY_A_MINUTE)) {
      String first = fixture.connect(GoogleFixture.email(1), "acme-1");
      String second = fixture.connect(GoogleFixture.SHARED, "acme-1");

      assertThat(carried(fixture)).isBetween(one * 99 / 100, one * 101 / 100);
      JsonObject warning =
          fixture.warnings().stream()
              .map(JsonObject.class::cast)
              .filter(each -> each.getString("kind").equals("shared-project"))
              .findFirst()
              .orElseThrow();
      assertThat(warning.getString("project")).isEqualTo("acme-1");
      assertThat(warning.getJsonArray("keys")).containsExactlyInAnyOrder(first, second);
    }
  }

  @Test
  void trafficSpreadsOverTheAccounts() throws Exception {
    try (GoogleFixture fixture = new GoogleFixture(Limits.NONE)) {
      fixture.connect(4);
      Map<String, Integer> served = new HashMap<>();
      for (int i = 0; i < 200; i++) {
        served.merge(fixture.generate().header("x-forebay-key"), 1, Integer::sum);
      }

      assertThat(served).hasSize(4);
      assertThat(served.values()).allSatisfy(share -> assertThat(share).isBetween(40, 60));
    }
  }

  @Test
  void theConsentSurvivesARestartBetweenLeavingAndComingBack() throws Exception {
    try (GoogleFixture fixture = new GoogleFixture(Limits.NONE, folder)) {
      String url = fixture.leave(null);
      fixture.restart();

      Browser.Reply back =
          GoogleFixture.comeBack(
              fixture.owner, fixture.simulator.google().allow(url, GoogleFixture.email(1)));

      assertThat(back.status()).as(back.response().body()).isEqualTo(200);
      assertThat(back.json().getString("email")).isEqualTo(GoogleFixture.email(1));
    }
  }

  @Test
  void accountsServeAgainAfterARestart() throws Exception {
    try (GoogleFixture fixture = new GoogleFixture(Limits.NONE, folder)) {
      fixture.connect(1);
      assertThat(fixture.generate().status()).isEqualTo(200);
      fixture.restart();

      fixture.until(() -> served(fixture));
    }
  }

  private static boolean served(GoogleFixture fixture) {
    try {
      return fixture.generate().status() == 200;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anOutageOfTheTokenEndpointOfTenMinutesIsNotSeen() throws Exception {
    try (GoogleFixture fixture = new GoogleFixture(Limits.NONE)) {
      String id = fixture.connect(1).getFirst();
      var google = fixture.simulator.google();
      String email = GoogleFixture.email(1);
      google.tokenEndpointDown(true);
      while (google.usage(email).refusedRefreshes() == 0) {
        serveFor(fixture, id, Duration.ofSeconds(20));
      }
      for (int i = 0; i < 60; i++) {
        serveFor(fixture, id, Duration.ofSeconds(10));
      }
      assertThat(fixture.connection(id)).isEqualTo("live");
      assertThat(google.usage(email).refusedRefreshes()).isGreaterThan(5);
      google.tokenEndpointDown(false);
      while (google.usage(email).refreshes() == 0) {
        serveFor(fixture, id, Duration.ofSeconds(10));
      }
    }
  }

  /// Lets time pass, and what is due be done, around a request that is served.
  private static void serveFor(GoogleFixture fixture, String id, Duration step) throws Exception {
    assertThat(fixture.generate().status()).as("at %s", fixture.clock.now()).isEqualTo(200);
    fixture.advance(step);
    fixture.until(() -> nothingDue(fixture, id));
  }

  private static boolean nothingDue(GoogleFixture fixture, String id) {
    try {
      String next = fixture.account(id).getJsonObject("connection").getString("nextRefreshAt");
      return next != null && Instant.parse(next).isAfter(fixture.clock.now());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void twoHundredRequestsOnAnExpiredTokenCauseOneRefresh() throws Exception {
    try (GoogleFixture fixture = new GoogleFixture(Limits.NONE);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      fixture.connect(2);
      String email = GoogleFixture.email(1);
      fixture.simulator.google().tokenEndpointDelay(Duration.ofMillis(300));
      fixture.simulator.google().expireAccessTokens(email);
      Callable<Integer> request = () -> fixture.generate().status();
      for (Future<Integer> answer : threads.invokeAll(Collections.nCopies(200, request))) {
        assertThat(answer.get()).isEqualTo(200);
      }
      fixture.until(() -> fixture.simulator.google().usage(email).refreshes() > 0);

      assertThat(fixture.simulator.google().usage(email).refreshes()).isEqualTo(1);
      assertThat(fixture.simulator.google().usage(GoogleFixture.email(2)).refreshes()).isZero();
    }
  }

  @Test
  void whatIsRevokedAtGoogleDisturbsNobodyElse() throws Exception {
    try (GoogleFixture fixture = new GoogleFixture(Limits.NONE)) {
      List<String> ids = fixture.connect(3);
      fixture.simulator.google().revoke(GoogleFixture.email(2));
      for (int i = 0; i < 30; i++) {
        assertThat(fixture.generate().status()).isEqualTo(200);
      }
      fixture.until(() -> state(fixture, ids.get(1)).equals("needs-reconnecting"));

      assertThat(fixture.connection(ids.get(0))).isEqualTo("live");
      assertThat(fixture.connection(ids.get(2))).isEqualTo("live");
      String back =
          fixture.simulator.google().allow(fixture.leave(ids.get(1)), GoogleFixture.email(2));
      assertThat(GoogleFixture.comeBack(fixture.owner, back).status()).isEqualTo(200);
      assertThat(fixture.connection(ids.get(1))).isEqualTo("live");
    }
  }

  private static String state(GoogleFixture fixture, String id) {
    try {
      return fixture.connection(id);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void removingAnAccountRevokesItsTokenUnlessItIsConnectedTwice() throws Exception {
    try (GoogleFixture fixture = new GoogleFixture(Limits.NONE)) {
      String first = fixture.connect(GoogleFixture.SHARED, "acme-1");
      String second = fixture.connect(GoogleFixture.SHARED, "acme-2");

      assertThat(fixture.owner.delete(GoogleFixture.path(first)).status()).isEqualTo(200);
      assertThat(fixture.simulator.google().usage(GoogleFixture.SHARED).revocations()).isZero();
      assertThat(fixture.generate().status()).isEqualTo(200);

      assertThat(fixture.owner.delete(GoogleFixture.path(second)).status()).isEqualTo(200);
      assertThat(fixture.simulator.google().usage(GoogleFixture.SHARED).revocations()).isEqualTo(1);
    }
  }

  @Test
  void accountsAndApiKeysServeTheSameTraffic() throws Exception {
    try (GoogleFixture fixture = new GoogleFixture(Limits.NONE)) {
      fixture.connect(1);
      JsonObject key =
          new JsonObject()
              .put("name", "by key")
              .put("provider", "gemini")
              .put("secret", "AQ.test-2")
              .put("baseUrl", fixture.simulator.origin());
      assertThat(fixture.owner.post("/keys", key).status()).isEqualTo(201);
      Map<String, Integer> served = new HashMap<>();
      for (int i = 0; i < 60; i++) {
        served.merge(fixture.generate().header("x-forebay-key"), 1, Integer::sum);
      }

      assertThat(served).hasSize(2).containsKey("by key");
    }
  }

  @Test
  void callbacksThatNobodyHereBeganAreRefused() throws Exception {
    try (GoogleFixture fixture = new GoogleFixture(Limits.NONE)) {
      var google = fixture.simulator.google();
      String email = GoogleFixture.email(1);
      String callback = google.allow(fixture.leave(null), email);

      Browser.Reply forged =
          GoogleFixture.comeBack(fixture.owner, "/x?state=made-up&code=4/0Amade-up");
      assertThat(forged.type()).isEqualTo("consent-unknown");
      Browser other = fixture.owner.invited("ben@example.org", "admin", "a long enough password");
      assertThat(GoogleFixture.comeBack(other, callback).type()).isEqualTo("consent-foreign");

      String again = google.allow(fixture.leave(null), email);
      assertThat(GoogleFixture.comeBack(fixture.owner, again).status()).isEqualTo(200);
      assertThat(GoogleFixture.comeBack(fixture.owner, again).type()).isEqualTo("consent-used");

      String late = google.allow(fixture.leave(null), email);
      fixture.advance(Duration.ofMinutes(11));
      assertThat(GoogleFixture.comeBack(fixture.owner, late).type()).isEqualTo("consent-late");

      String refused = google.cancel(fixture.leave(null), email);
      assertThat(GoogleFixture.comeBack(fixture.owner, refused).type())
          .isEqualTo("consent-refused");
      String without = google.allowWithoutGemini(fixture.leave(null), email);
      assertThat(GoogleFixture.comeBack(fixture.owner, without).type()).isEqualTo("scope-missing");
    }
  }

  @Test
  void noTokenIsInAnAnswerALogOrAnAddress() throws Exception {
    try (GoogleFixture fixture = new GoogleFixture(Limits.NONE)) {
      String id = fixture.connect(1).getFirst();
      fixture.generate();
      fixture.simulator.google().expireAccessTokens(GoogleFixture.email(1));
      fixture.owner.post(GoogleFixture.path(id) + "/refresh", null);
      fixture.owner.get("/google/accounts");
      fixture.owner.get("/keys");
      fixture.owner.get("/audit");
      fixture.owner.delete(GoogleFixture.path(id));

      List<String> secrets = List.of("ya29.", "1//0", GoogleFixture.CLIENT_SECRET);
      assertThat(fixture.owner.seen)
          .allSatisfy(seen -> assertThat(seen).doesNotContain(secrets.toArray(String[]::new)));
      assertThat(fixture.accessLog.toString(StandardCharsets.UTF_8))
          .doesNotContain(secrets.toArray(String[]::new));
      assertThat(fixture.simulator.requests())
          .allSatisfy(request ->
              assertThat(request.path() + '?' + request.query())
                  .doesNotContain(secrets.toArray(String[]::new)));
    }
  }
}
