package dev.forebay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.Config;
import dev.forebay.control.ConfigFile;
import dev.forebay.control.ConfigReader;
import dev.forebay.control.ConfigReader.Reading;
import dev.forebay.exchange.ExchangeListener;
import dev.forebay.pool.Ticker;
import dev.forebay.simulator.GoogleSpec;
import dev.forebay.simulator.GoogleSpec.Client;
import dev.forebay.simulator.GoogleSpec.Project;
import dev.forebay.simulator.GoogleSpec.User;
import dev.forebay.simulator.Limits;
import dev.forebay.simulator.ManualClock;
import dev.forebay.simulator.SimulatedOrganization;
import dev.forebay.simulator.Simulator;
import dev.forebay.simulator.SimulatorSpec;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A gateway in front of a simulated Google, both under one clock that only a test moves.
///
/// Project `acme-1` is for `one@example.org` and so on; `shared@example.org` may use all of them.
final class GoogleFixture implements AutoCloseable {

  static final String CLIENT_KEY = "fb-test-google";
  static final String CLIENT = "100000000001-test.apps.googleusercontent.com";
  static final String CLIENT_SECRET = "GOCSPX-test-0123456789";
  static final String SHARED = "shared@example.org";

  private static final String OWNER = "ada@example.org";
  private static final String PASSWORD = "a long enough password";
  private static final List<String> PEOPLE = List.of("one", "two", "three", "four");

  private static final String HELLO =
      "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hello\"}]}]}";

  private final AtomicLong asked = new AtomicLong();

  final ManualClock clock = new ManualClock(Instant.parse("2026-11-23T12:00:00Z"));
  final Simulator simulator;
  final ByteArrayOutputStream accessLog = new ByteArrayOutputStream();
  private final @Nullable Path data;
  private int port;
  private Gateway gateway;
  Browser owner;

  /// @param limits of each project
  GoogleFixture(Limits limits) throws Exception {
    this(limits, null);
  }

  /// @param data where the gateway keeps what outlives it; null for nowhere
  GoogleFixture(Limits limits, @Nullable Path data) throws Exception {
    this.data = data;
    simulator = Simulator.start(google(limits), 0, clock);
    gateway = start();
    port = gateway.address().port();
    simulator.google().registerRedirectUri(CLIENT, url() + "/settings/google/callback");
    owner = Browser.at(gateway);
    assertThat(owner.setUp(gateway, OWNER, PASSWORD).status()).isEqualTo(200);
  }

  private static SimulatorSpec google(Limits limits) {
    List<SimulatedOrganization> organizations = new ArrayList<>();
    List<Project> projects = new ArrayList<>();
    List<User> users = new ArrayList<>();
    for (int i = 1; i <= PEOPLE.size(); i++) {
      String number = "10000000000" + i;
      organizations.add(SimulatedOrganization.gemini(number, "AQ.test-" + i).withLimits(limits));
      projects.add(Project.of("acme-" + i, number));
      users.add(User.of(email(i), "acme-" + i));
    }
    users.add(User.of(SHARED, projects.stream().map(Project::id).toArray(String[]::new)));
    return SimulatorSpec.of(organizations.toArray(SimulatedOrganization[]::new))
        .withGoogle(
            GoogleSpec.NONE
                .withProjects(projects.toArray(Project[]::new))
                .withUsers(users.toArray(User[]::new))
                .withClients(Client.web(CLIENT, CLIENT_SECRET)));
  }

  static String email(int number) {
    return PEOPLE.get(number - 1) + "@example.org";
  }

  private Gateway start() {
    String google = simulator.origin();
    String yaml =
        """
        listen: 127.0.0.1:%1$d
        accessLog: stdout
        maxWait: 0s
        clientKeys: [{ name: test, key: %2$s }]
        google:
          clientId: %3$s
          clientSecret: %4$s
          endpoints:
            authorize: %5$s/o/oauth2/v2/auth
            token: %5$s/token
            revoke: %5$s/revoke
            userinfo: %5$s/v1/userinfo
            projects: %5$s/v1/projects
            api: %5$s
        """
            .formatted(port, CLIENT_KEY, CLIENT, CLIENT_SECRET, google);
    Config config =
        switch (ConfigReader.read("test", yaml, _ -> null)) {
          case Reading.Good(Config good) -> data == null ? good : good.with(null, data);
          case Reading.Broken(var problems) -> throw new AssertionError(problems);
        };
    GatewayPlan plan =
        new GatewayPlan(
            new ConfigFile(null, _ -> null, _ -> config),
            config,
            data == null
                ? new GatewayPlan.Persistence.Fleeting()
                : new GatewayPlan.Persistence.Durable(null),
            "test",
            accessLog,
            _ -> {},
            new ExchangeListener() {},
            false);
    return switch (Wiring.start(plan, new ClockTicker(clock))) {
      case GatewayStart.Running(Gateway running) -> running;
      case GatewayStart.Refused(String reason) -> throw new AssertionError(reason);
    };
  }

  private record ClockTicker(ManualClock clock) implements Ticker {
    @Override
    public long nanos() {
      return clock.epochNanos();
    }

    @Override
    public Instant now() {
      return clock.now();
    }
  }

  String url() {
    return gateway.address().url();
  }

  /// Ends the gateway and starts another one on what it left; the owner's window stays.
  void restart() {
    gateway.stop(Duration.ZERO);
    gateway = start();
  }

  /// Where a browser is sent to Google.
  String leave(@Nullable String account) throws Exception {
    JsonObject wish = new JsonObject();
    if (account != null) {
      wish.put("account", account);
    }
    Browser.Reply reply = owner.post("/google/consents", wish);
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(201);
    return reply.json().getString("url");
  }

  /// What the console does with the address that Google sent the browser back to.
  static Browser.Reply comeBack(Browser window, String callback) throws Exception {
    var query = new QueryStringDecoder(callback, StandardCharsets.UTF_8).parameters();
    JsonObject answer = new JsonObject();
    for (String name : List.of("state", "code", "error")) {
      if (query.containsKey(name)) {
        answer.put(name, query.get(name).getFirst());
      }
    }
    return window.post("/google/consents/complete", answer);
  }

  /// Connects an account and chooses its project; answers its id.
  String connect(String email, String project) throws Exception {
    Browser.Reply reply = comeBack(owner, simulator.google().allow(leave(null), email));
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
    String id = reply.json().getString("id");
    Browser.Reply chosen =
        owner.call("PUT", path(id) + "/project", new JsonObject().put("project", project));
    assertThat(chosen.status()).as(chosen.response().body()).isEqualTo(200);
    return id;
  }

  /// Connects the first so many accounts, each with its own project.
  List<String> connect(int accounts) throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i : IntStream.rangeClosed(1, accounts).toArray()) {
      ids.add(connect(email(i), "acme-" + i));
    }
    return ids;
  }

  static String path(String id) {
    return "/google/accounts/" + Browser.encoded(id);
  }

  JsonObject account(String id) throws Exception {
    return owner.get(path(id)).json();
  }

  String connection(String id) throws Exception {
    return account(id).getJsonObject("connection").getString("state");
  }

  JsonArray warnings() throws Exception {
    return owner.get("/google/accounts").json().getJsonArray("warnings");
  }

  /// One request of the data plane, of a conversation that no key has seen.
  Browser.Reply generate() throws Exception {
    Browser client = Browser.at(gateway);
    client.bearer = CLIENT_KEY;
    return client.send(
        client.request(
            "POST",
            "/v1beta/models/gemini-3.8-flash:generateContent",
            new JsonObject(HELLO.replace("Hello", "Hello " + asked.incrementAndGet()))));
  }

  void advance(Duration step) {
    clock.advance(step);
  }

  /// Waits for what happens by itself; the test's own time limit ends what never does.
  void until(BooleanSupplier met) throws Exception {
    while (!met.getAsBoolean()) {
      // A call to the gateway takes its time, so this is no idle loop.
      assertThat(owner.get("/google/accounts").status()).isEqualTo(200);
    }
  }

  @Override
  public void close() {
    gateway.stop(Duration.ZERO);
    simulator.close();
  }
}
