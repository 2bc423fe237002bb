package dev.forebay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebay.app.Gateway;
import dev.forebay.app.GatewayPlan;
import dev.forebay.app.GatewayPlan.Persistence;
import dev.forebay.app.GatewayStart;
import dev.forebay.app.TestTerminal;
import dev.forebay.app.Wiring;
import dev.forebay.app.cli.RunningGateway.Ran;
import dev.forebay.app.remote.Json;
import dev.forebay.control.ConfigFile;
import dev.forebay.control.ConfigReader.Reading;
import dev.forebay.exchange.ExchangeListener;
import dev.forebay.simulator.GoogleSpec;
import dev.forebay.simulator.GoogleSpec.Client;
import dev.forebay.simulator.GoogleSpec.Project;
import dev.forebay.simulator.GoogleSpec.ServiceAccount;
import dev.forebay.simulator.GoogleSpec.User;
import dev.forebay.simulator.SimulatedOrganization;
import dev.forebay.simulator.Simulator;
import dev.forebay.simulator.SimulatorSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `forebay accounts` against a gateway in front of a simulated Google, without a browser.
@Timeout(180)
class AccountsCommandsTest {

  private static final String CLIENT = "100000000001-test.apps.googleusercontent.com";
  private static final String ROBOT = "robot@acme-two.iam.gserviceaccount.com";
  private static final String ANNA = "anna@example.com";

  @TempDir private Path folder;

  private Simulator simulator;
  private Gateway gateway;

  @BeforeEach
  void start() throws IOException {
    simulator =
        Simulator.start(
            SimulatorSpec.of(
                    SimulatedOrganization.gemini("100000000001", "AQ.test-1"),
                    SimulatedOrganization.gemini("100000000002", "AQ.test-2"))
                .withGoogle(
                    GoogleSpec.NONE
                        .withProjects(
                            Project.of("acme-one", "100000000001"),
                            Project.of("acme-two", "100000000002"))
                        .withUsers(User.of(ANNA, "acme-one", "acme-two"))
                        .withServiceAccounts(new ServiceAccount(ROBOT, "acme-two"))
                        .withClients(Client.desktop(CLIENT, "GOCSPX-test-0123456789"))),
            0);
    Path settings = folder.resolve("forebay.yaml");
    Files.writeString(
        settings,
        """
        listen: 127.0.0.1:0
        accessLog: off
        google:
          clientId: %1$s
          clientSecret: GOCSPX-test-0123456789
          endpoints:
            authorize: %2$s/o/oauth2/v2/auth
            token: %2$s/token
            revoke: %2$s/revoke
            userinfo: %2$s/v1/userinfo
            projects: %2$s/v1/projects
            api: %2$s
        """
            .formatted(CLIENT, simulator.origin()));
    Path data = folder.resolve("data");
    ConfigFile file = new ConfigFile(settings, _ -> null, read -> read.with(null, data));
    GatewayStart started =
        Wiring.start(
            new GatewayPlan(
                file,
                ((Reading.Good) file.read()).config(),
                new Persistence.Durable(null),
                "test",
                OutputStream.nullOutputStream(),
                _ -> {},
                new ExchangeListener() {},
                false));
    assertThat(started).isInstanceOf(GatewayStart.Running.class);
    gateway = ((GatewayStart.Running) started).gateway();
  }

  @AfterEach
  void stop() {
    gateway.stop(Duration.ZERO);
    simulator.close();
  }

  private Ran run(TestTerminal terminal, String... arguments) {
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--data";
    all[arguments.length + 1] = folder.resolve("data").toString();
    return RunningGateway.ran(terminal, all);
  }

  private Ran run(String... arguments) {
    return run(new TestTerminal(), arguments);
  }

  private static JsonNode json(Ran ran) {
    return Objects.requireNonNull(Json.read(ran.out()), ran.out() + ran.err());
  }

  /// Where the command says that a browser should go.
  private static String address(TestTerminal terminal, CompletableFuture<Ran> command)
      throws InterruptedException {
    return terminal.awaitErr("\n  (http\\S+)\n", command::isDone);
  }

  private static int visit(String url) throws Exception {
    try (HttpClient browser = HttpClient.newHttpClient()) {
      return browser
          .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
          .statusCode();
    }
  }

  private Ran add(String... more) throws Exception {
    TestTerminal terminal = new TestTerminal();
    String[] arguments = new String[more.length + 2];
    arguments[0] = "accounts";
    arguments[1] = "add";
    System.arraycopy(more, 0, arguments, 2, more.length);
    CompletableFuture<Ran> command = CompletableFuture.supplyAsync(() -> run(terminal, arguments));
    String back = simulator.google().allow(address(terminal, command), ANNA);
    assertThat(visit(back)).isEqualTo(200);
    return command.get();
  }

  @Test
  void connectsAnAccountWhenTheBrowserComesBackToThisMachine() throws Exception {
    Ran added = add("--project", "acme-one", "--name", "Anna", "--json");

    assertThat(added.code()).as(added::err).isZero();
    assertThat(json(added).path("email").asText()).isEqualTo(ANNA);
    assertThat(json(added).path("project").asText()).isEqualTo("acme-one");
    assertThat(json(added).path("connection").path("state").asText()).isEqualTo("live");
    assertThat(json(added).path("name").asText()).isEqualTo("Anna");
    assertThat(added.out()).doesNotContain("ya29", "1//");
  }

  @Test
  void answersNobodyElseOnTheLoopbackAddress() throws Exception {
    TestTerminal terminal = new TestTerminal();
    CompletableFuture<Ran> command =
        CompletableFuture.supplyAsync(
            () -> run(terminal, "accounts", "add", "--project", "acme-one"));
    String back = simulator.google().allow(address(terminal, command), ANNA);
    String loopback = back.substring(0, back.indexOf('?'));

    assertThat(loopback).startsWith("http://127.0.0.1:");
    assertThat(visit(loopback + "?state=forged&code=4/forged")).isEqualTo(404);
    assertThat(visit(loopback + "favicon.ico")).isEqualTo(404);
    assertThat(visit(back)).isEqualTo(200);
    assertThat(command.get().code()).isZero();
  }

  @Test
  void connectsAnAccountWithWhatIsPasted() throws Exception {
    simulator
        .google()
        .registerRedirectUri(CLIENT, gateway.address().url() + "/settings/google/callback");
    TestTerminal terminal = new TestTerminal();
    CompletableFuture<String> pasted = new CompletableFuture<>();
    CompletableFuture<Ran> command =
        CompletableFuture.supplyAsync(() ->
            run(
                terminal.asks(pasted::join),
                "accounts",
                "add",
                "--paste",
                "--project",
                "acme-two"));
    String back = simulator.google().allow(address(terminal, command), ANNA);
    pasted.complete(back);

    assertThat(command.get().code()).as(terminal::err).isZero();
    assertThat(terminal.out()).contains("connected", "acme-two");
    assertThat(terminal.out() + terminal.err()).doesNotContain("code=4");
  }

  @Test
  void chosesTheProjectFromTheList() throws Exception {
    TestTerminal terminal = new TestTerminal().types("2");
    CompletableFuture<Ran> command =
        CompletableFuture.supplyAsync(() -> run(terminal, "accounts", "add"));
    assertThat(visit(simulator.google().allow(address(terminal, command), ANNA))).isEqualTo(200);
    assertThat(command.get().code()).as(terminal::err).isZero();
    assertThat(terminal.err()).contains("1  acme-one", "2  acme-two");
    assertThat(terminal.out()).contains("acme-two");
  }

  @Test
  void takesAServiceAccountsFile() throws Exception {
    Path file = folder.resolve("key.json");
    Files.writeString(file, simulator.google().serviceAccountFile(ROBOT));

    Ran added = run("accounts", "add", "--service-account", file.toString(), "--json");

    assertThat(added.code()).as(added::err).isZero();
    assertThat(json(added).path("kind").asText()).isEqualTo("service-account");
    assertThat(json(added).path("project").asText()).isEqualTo("acme-two");
    assertThat(added.out()).doesNotContain("PRIVATE KEY");
    assertThat(run("accounts", "add", "--service-account", "nothing.json").code()).isEqualTo(2);
  }

  @Test
  void listsChoosesReconnectsAndRemoves() throws Exception {
    assertThat(run("accounts", "list").out()).contains("no Google accounts yet");
    assertThat(add("--project", "acme-one").code()).isZero();

    Ran list = run("accounts", "list");
    assertThat(list.out()).contains("1 account, 1 healthy", ANNA, "acme-one");
    assertThat(json(run("accounts", "list", "--json")).path("counts").path("healthy").asInt())
        .isEqualTo(1);
    assertThat(run("accounts", "project", ANNA, "acme-two").out()).contains("acme-two");
    assertThat(run("accounts", "project", ANNA, "no-such-project").err()).contains("--force");

    TestTerminal terminal = new TestTerminal();
    CompletableFuture<Ran> command =
        CompletableFuture.supplyAsync(() -> run(terminal, "accounts", "reconnect", ANNA));
    assertThat(visit(simulator.google().allow(address(terminal, command), ANNA))).isEqualTo(200);
    assertThat(command.get().code()).as(terminal::err).isZero();
    assertThat(terminal.out()).contains("reconnected");

    assertThat(run("accounts", "remove", ANNA).code()).isEqualTo(2);
    Ran removed = run("accounts", "remove", "--yes", ANNA, "--json");
    assertThat(removed.code()).as(removed::err).isZero();
    assertThat(json(removed).path("results").get(0).path("revoked").asBoolean()).isTrue();
    assertThat(simulator.google().usage(ANNA).standingGrants()).isZero();
    assertThat(run("accounts", "remove", "--yes", ANNA).err()).contains("no Google account");
  }
}
