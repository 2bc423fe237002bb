package dev.forebay.app.demo;

import dev.forebay.app.Gateway;
import dev.forebay.app.GatewayPlan;
import dev.forebay.app.GatewayPlan.Persistence;
import dev.forebay.app.GatewayStart;
import dev.forebay.app.SystemTicker;
import dev.forebay.app.Wiring;
import dev.forebay.app.terminal.Desktop;
import dev.forebay.app.terminal.Display;
import dev.forebay.app.terminal.Style;
import dev.forebay.app.terminal.Terminal;
import dev.forebay.control.Config;
import dev.forebay.control.ConfigFile;
import dev.forebay.control.ConfigReader;
import dev.forebay.control.ConfigReader.Reading;
import dev.forebay.pool.Ticker;
import dev.forebay.simulator.Simulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Providers, gateway, traffic and the page that shows them. *Confined to one thread.*
public final class Demo {
  private static final int FIRST_PORT = 4400;
  private static final int PORTS = 50;
  private static final long SEED = 2026;

  private final Terminal terminal;
  private final Simulator simulator;
  private final Gateway gateway;
  private final Totals totals;
  private final Ticker ticker;
  private final long begin;

  private Demo(
      Terminal terminal, Simulator simulator, Gateway gateway, Totals totals, Ticker ticker) {
    this.terminal = terminal;
    this.simulator = simulator;
    this.gateway = gateway;
    this.totals = totals;
    this.ticker = ticker;
    this.begin = ticker.nanos();
  }

  /// Runs until `stopped` or until the time is over.
  ///
  /// @param port where the gateway listens; null for the usual port or the next free one
  /// @param duration when to end by itself; null for never
  /// @param browser whether to open the console in one, where there is a desktop
  /// @param stopped waits as long as it is told, and is true once somebody wants to stop
  public static DemoEnd run(
      Terminal terminal,
      String version,
      @Nullable Integer port,
      @Nullable Duration duration,
      boolean browser,
      Predicate<Duration> stopped) {
    Ticker ticker = SystemTicker.INSTANCE;
    Totals totals = new Totals(ticker);
    try (Simulator simulator = Simulator.start(Cast.providers(SEED), 0)) {
      Config config = config(port == null ? freePort() : port, simulator.origin());
      GatewayPlan plan =
          new GatewayPlan(
              new ConfigFile(null, _ -> null, UnaryOperator.identity()),
              config,
              new Persistence.Fleeting(),
              version,
              terminal.raw(),
              _ -> {},
              totals,
              true);
      return switch (Wiring.start(plan)) {
        case GatewayStart.Refused(String reason) -> new DemoEnd.Refused(reason);
        case GatewayStart.Running(Gateway gateway) -> {
          try (gateway) {
            Plot.connect(simulator, gateway);
            String link = gateway.signInLink();
            if (browser && link != null) {
              Desktop.of(terminal).open(link);
            }
            new Demo(terminal, simulator, gateway, totals, ticker).play(duration, stopped);
          }
          yield new DemoEnd.Done();
        }
      };
    }
  }

  private static Config config(int port, String simulator) {
    return switch (ConfigReader.read("demo", Cast.settings(port, simulator), _ -> null)) {
      case Reading.Good(Config config) -> config;
      case Reading.Broken(var problems) -> throw new IllegalStateException(problems.toString());
    };
  }

  /// The usual port, or the first one after it that nobody listens on.
  private static int freePort() {
    int port = FIRST_PORT;
    while (port < FIRST_PORT + PORTS && taken(port)) {
      port++;
    }
    return port;
  }

  private static boolean taken(int port) {
    try (ServerSocket probe =
        new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      return !probe.isBound();
    } catch (IOException e) {
      return true;
    }
  }

  private void play(@Nullable Duration duration, Predicate<Duration> stopped) {
    Plot plot = new Plot(simulator, gateway);
    Traffic traffic =
        new Traffic(gateway.address().url(), new SplittableRandom(SEED), ticker::nanos, totals);
    try (traffic;
        Display display = Display.on(terminal)) {
      traffic.start();
      while (true) {
        Duration running = running();
        plot.at(running.toNanos());
        display.show(page(terminal.style(), display.width(), running));
        Duration left = duration == null ? display.interval() : duration.minus(running);
        if (left.isNegative() || left.isZero()) {
          break;
        }
        if (stopped.test(left.compareTo(display.interval()) < 0 ? left : display.interval())) {
          break;
        }
      }
      traffic.stop();
    }
    last();
  }

  private Duration running() {
    return Duration.ofNanos(ticker.nanos() - begin);
  }

  private List<String> page(Style style, int width, Duration running) {
    Screen.Moment moment =
        new Screen.Moment(
            gateway.address().url(), gateway.signInLink(), running, ticker.now(), totals.sums());
    return new Screen(style, width).page(moment, gateway.keys());
  }

  private void last() {
    Totals.Sums sums = totals.sums();
    terminal
        .out()
        .printf(
            "%d requests, %d failures hidden, %d errors that clients saw%n",
            sums.requests(), sums.hidden(), sums.errors());
    String error = totals.lastError();
    if (error != null) {
      terminal.out().println("the last error was " + error);
    }
    terminal.out().flush();
  }
}
