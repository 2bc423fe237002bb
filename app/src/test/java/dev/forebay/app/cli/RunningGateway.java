package dev.forebay.app.cli;

import dev.forebay.app.Gateway;
import dev.forebay.app.GatewayPlan;
import dev.forebay.app.GatewayPlan.Persistence;
import dev.forebay.app.GatewayStart;
import dev.forebay.app.TestTerminal;
import dev.forebay.app.Wiring;
import dev.forebay.control.ConfigFile;
import dev.forebay.control.ConfigReader.Reading;
import dev.forebay.exchange.ExchangeListener;
import dev.forebay.simulator.SimulatedOrganization;
import dev.forebay.simulator.Simulator;
import dev.forebay.simulator.SimulatorSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// A gateway with a database, in front of simulated providers, and commands that are run against it
/// in this process.
///
/// Its settings declare one key, `openai/declared`.
final class RunningGateway implements AutoCloseable {
  static final String DECLARED = "sk-test-declared-0000";
  static final String CLIENT_KEY = "fb-test-client";

  final Simulator simulator =
      Simulator.start(
          SimulatorSpec.of(
              SimulatedOrganization.openai("org-declared", DECLARED),
              SimulatedOrganization.openai("org-a", "sk-test-openai-aaaa"),
              SimulatedOrganization.openai("org-b", "sk-test-openai-bbbb"),
              SimulatedOrganization.anthropic("org-c", "sk-ant-test-cccc")),
          0);
  final Path data;
  private final Path settings;
  private Gateway gateway;

  RunningGateway(Path folder) throws IOException {
    data = folder.resolve("data");
    settings = folder.resolve("forebay.yaml");
    Files.writeString(
        settings,
        """
        listen: 127.0.0.1:0
        accessLog: off
        clientKeys: [{ name: declared, key: %s }]
        keys:
          - { provider: openai, name: declared, secret: %s, baseUrl: %s }
        """
            .formatted(CLIENT_KEY, DECLARED, simulator.origin()));
    gateway = start();
  }

  private Gateway start() {
    ConfigFile file = new ConfigFile(settings, _ -> null, read -> read.with(null, data));
    GatewayPlan plan =
        new GatewayPlan(
            file,
            ((Reading.Good) file.read()).config(),
            new Persistence.Durable(null),
            "test",
            OutputStream.nullOutputStream(),
            _ -> {},
            new ExchangeListener() {},
            false);
    return switch (Wiring.start(plan)) {
      case GatewayStart.Running(Gateway running) -> running;
      case GatewayStart.Refused(String reason) -> throw new IllegalStateException(reason);
    };
  }

  String url() {
    return gateway.address().url();
  }

  void stop() {
    gateway.stop(Duration.ZERO);
  }

  /// On the same data, under another port.
  void restart() {
    stop();
    gateway = start();
  }

  /// What a command did.
  ///
  /// @param terminal what it printed
  record Ran(int code, TestTerminal terminal) {
    String out() {
      return terminal.out();
    }

    String err() {
      return terminal.err();
    }
  }

  /// Runs a command that finds this gateway by its data directory.
  Ran run(TestTerminal terminal, String... arguments) {
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--data";
    all[arguments.length + 1] = data.toString();
    return ran(terminal, all);
  }

  Ran run(String... arguments) {
    return run(new TestTerminal(), arguments);
  }

  /// Runs a command as it stands.
  static Ran ran(TestTerminal terminal, String... arguments) {
    return new Ran(ForebayCommand.run(terminal.terminal(), new Stop(), arguments), terminal);
  }

  static Ran ran(Map<String, String> environment, String... arguments) {
    return ran(new TestTerminal(environment), arguments);
  }

  @Override
  public void close() {
    stop();
    simulator.close();
  }
}
