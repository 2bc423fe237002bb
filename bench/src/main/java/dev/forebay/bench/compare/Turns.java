package dev.forebay.bench.compare;

import dev.forebay.bench.compare.Compare.Pace;
import dev.forebay.bench.compare.Load.Reading;
import dev.forebay.bench.compare.Load.Target;
import dev.forebay.bench.compare.Result.Limit;
import dev.forebay.bench.compare.Result.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Runs a scenario in alternating turns of the contenders.
final class Turns {

  /// The client key that Forebay knows; nginx passes its own credential whatever comes.
  static final String CREDENTIAL = "fb-bench-client-key-0123456789abcdef";

  private static final Duration SETTLE = Duration.ofSeconds(5);
  private static final Duration BETWEEN = Duration.ofMillis(500);
  private static final int RESIDENT_SAMPLES_PER_SECOND = 2;

  /// The thread of Forebay that looks at the pool for the feed.
  private static final String FEED = "forebay-live";

  private final Shape shape;
  private final Contender mock;
  private final Contender nginx;
  private final Contender forebay;
  private final Starter starter;
  private final @Nullable Gallery gallery;
  private final Pace pace;
  private boolean warm;
  private double foreign;

  /// Starts one more Forebay beside the one that is measured.
  interface Starter {
    Contender start(int number) throws IOException;
  }

  /// Opens pages that follow Forebay's feed.
  interface Gallery {
    Readers open();
  }

  /// @param gallery null when nobody follows the feed
  Turns(
      Shape shape,
      Contender mock,
      Contender nginx,
      Contender forebay,
      Starter starter,
      @Nullable Gallery gallery,
      Pace pace) {
    this.starter = starter;
    this.gallery = gallery;
    this.shape = shape;
    this.mock = mock;
    this.nginx = nginx;
    this.forebay = forebay;
    this.pace = pace;
  }

  /// One turn of one contender: what came back and what it cost.
  private record Turn(Reading reading, long cpuMicros, double seconds) {

    double perAnswer() {
      return (double) cpuMicros / reading.answers();
    }

    double perEvent() {
      return (double) cpuMicros / reading.events();
    }
  }

  /// One turn of Forebay with pages that follow its feed.
  ///
  /// @param feedNanos processor time of the feed's thread
  private record Watched(Turn turn, Readers.Reading read, long feedNanos) {}

  Result run(Scenario scenario) {
    foreign = 0;
    List<Row> rows =
        switch (scenario) {
          case Scenario.Cpu cpu -> cpu(cpu);
          case Scenario.Added added -> added(added);
          case Scenario.Resident resident -> resident(resident);
          case Scenario.Start start -> started(start);
        };
    return new Result(scenario, rows, foreign);
  }

  private List<Row> cpu(Scenario.Cpu scenario) {
    Loader loader =
        contender ->
            Load.closed(
                target(contender, scenario.wish()),
                scenario.wish(),
                scenario.bodyBytes(),
                scenario.connections());
    warmUp(loader);
    List<Turn> ofNginx = new ArrayList<>();
    List<Turn> ofForebay = new ArrayList<>();
    List<Watched> watched = new ArrayList<>();
    for (int round = 0; round < pace.rounds(); round++) {
      ofNginx.add(turn(nginx, loader));
      ofForebay.add(turn(forebay, loader));
      if (gallery != null) {
        watched.add(watched(gallery, loader));
      }
    }
    Limit limit = new Limit.Ratio(scenario.atMost());
    Figure cost = scenario.perEvent() ? Turn::perEvent : Turn::perAnswer;
    String name = scenario.perEvent() ? "CPU, µs/event" : "CPU, µs/request";
    List<Row> rows = new ArrayList<>();
    rows.add(row(name, ofNginx, ofForebay, cost, limit));
    if (!watched.isEmpty()) {
      List<Turn> turns = watched.stream().map(Watched::turn).toList();
      rows.add(row(name + ", watched", ofNginx, turns, cost, limit));
      rows.add(
          lone(
              "feed's thread, ms/s", watched, one -> one.feedNanos() / 1e6 / one.turn().seconds()));
      rows.add(lone("feed, events/s", watched, one -> one.read().events() / one.turn().seconds()));
      rows.add(
          lone("feed, kB/s", watched, one -> one.read().bytes() / 1024.0 / one.turn().seconds()));
    }
    if (scenario.perEvent()) {
      rows.add(
          row("events/s", ofNginx, ofForebay, turn -> turn.reading().events() / turn.seconds()));
      rows.add(row("event delay p50, ms", ofNginx, ofForebay, turn -> delay(turn, 50)));
      rows.add(row("event delay p99, ms", ofNginx, ofForebay, turn -> delay(turn, 99)));
    } else {
      rows.add(
          row("requests/s", ofNginx, ofForebay, turn -> turn.reading().answers() / turn.seconds()));
      rows.add(row("latency p50, ms", ofNginx, ofForebay, turn -> latency(turn, 50)));
      rows.add(row("latency p99, ms", ofNginx, ofForebay, turn -> latency(turn, 99)));
    }
    return rows;
  }

  private Watched watched(Gallery gallery, Loader loader) {
    try (Readers readers = gallery.open()) {
      Readers.Reading[] read = new Readers.Reading[2];
      long[] nanos = new long[2];
      Turn turn =
          turn(
              forebay,
              loader,
              end -> {
                read[end] = readers.read();
                nanos[end] = Account.threadNanos(forebay.process(), FEED);
              });
      return new Watched(turn, read[1].since(read[0]), nanos[1] - nanos[0]);
    }
  }

  /// A figure that only Forebay has.
  private static Row lone(String name, List<Watched> watched, ToDoubleFunction<Watched> figure) {
    return new Row(
        name, new double[0], watched.stream().mapToDouble(figure).toArray(), new Limit.None());
  }

  private List<Row> added(Scenario.Added scenario) {
    Loader loader =
        contender ->
            Load.open(
                target(contender, scenario.wish()),
                scenario.wish(),
                scenario.bodyBytes(),
                scenario.perSecond());
    warmUp(loader);
    List<Turn> direct = new ArrayList<>();
    List<Turn> ofNginx = new ArrayList<>();
    List<Turn> ofForebay = new ArrayList<>();
    for (int round = 0; round < pace.rounds(); round++) {
      direct.add(turn(mock, loader));
      ofNginx.add(turn(nginx, loader));
      ofForebay.add(turn(forebay, loader));
    }
    return List.of(
        addedRow("added p50, ms", direct, ofNginx, ofForebay, 50, scenario.p50Millis()),
        addedRow("added p99, ms", direct, ofNginx, ofForebay, 99, scenario.p99Millis()),
        row("latency p50, ms", ofNginx, ofForebay, turn -> latency(turn, 50)),
        row("latency p99, ms", ofNginx, ofForebay, turn -> latency(turn, 99)),
        row("CPU, µs/request", ofNginx, ofForebay, Turn::perAnswer));
  }

  private Row addedRow(
      String name,
      List<Turn> direct,
      List<Turn> ofNginx,
      List<Turn> ofForebay,
      double percentile,
      double atMost) {
    double[] base = figures(direct, turn -> latency(turn, percentile));
    double[] left = figures(ofNginx, turn -> latency(turn, percentile));
    double[] right = figures(ofForebay, turn -> latency(turn, percentile));
    for (int round = 0; round < base.length; round++) {
      left[round] -= base[round];
      right[round] -= base[round];
    }
    return new Row(name, left, right, new Limit.Value(atMost));
  }

  private List<Row> resident(Scenario.Resident scenario) {
    double[] ofNginx = {residentMegabytes(nginx, scenario)};
    double[] ofForebay = {residentMegabytes(forebay, scenario)};
    return List.of(
        new Row("resident at most, MB", ofNginx, ofForebay, new Limit.Value(scenario.megabytes())));
  }

  private List<Row> started(Scenario.Start scenario) {
    double[] millis = new double[scenario.starts()];
    for (int i = 0; i < millis.length; i++) {
      long start = System.nanoTime();
      try (Contender fresh = starter.start(i)) {
        awaitAnswer(fresh, scenario);
        millis[i] = (System.nanoTime() - start) / 1e6;
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
      Compare.pause(BETWEEN);
    }
    return List.of(new Row("time, ms", new double[0], millis, new Limit.Value(scenario.millis())));
  }

  private void awaitAnswer(Contender contender, Scenario.Start scenario) {
    try (Load load =
        Load.closed(target(contender, scenario.wish()), scenario.wish(), scenario.bodyBytes(), 1)) {
      for (Reading reading = load.read(); reading.answers() == 0; reading = load.read()) {
        contender.process();
        Compare.pause(Duration.ofMillis(1));
      }
    }
  }

  private double residentMegabytes(Contender contender, Scenario.Resident scenario) {
    long most = 0;
    try (Load load =
        Load.closed(
            target(contender, scenario.wish()),
            scenario.wish(),
            scenario.bodyBytes(),
            scenario.streams())) {
      Compare.pause(SETTLE);
      load.read();
      int samples = pace.seconds() * 3 * RESIDENT_SAMPLES_PER_SECOND;
      for (int sample = 0; sample < samples; sample++) {
        Compare.pause(Duration.ofSeconds(1).dividedBy(RESIDENT_SAMPLES_PER_SECOND));
        most = Math.max(most, Account.residentKilobytes(contender.process()));
      }
      verify(contender, load.read());
      int live = load.connected();
      if (live < scenario.streams()) {
        throw new IllegalStateException(
            contender + ": " + live + " live streams (expected: " + scenario.streams() + ")");
      }
    }
    Compare.pause(BETWEEN);
    return most / 1024.0;
  }

  private void warmUp(Loader loader) {
    warm(nginx, loader, 2);
    warm(forebay, loader, warm ? pace.warmUp() : pace.firstWarmUp());
    warm = true;
  }

  private void warm(Contender contender, Loader loader, int seconds) {
    try (Load load = loader.start(contender)) {
      Compare.pause(Duration.ofSeconds(seconds));
      verify(contender, load.read());
    }
    Compare.pause(BETWEEN);
  }

  private Turn turn(Contender contender, Loader loader) {
    return turn(contender, loader, _ -> {});
  }

  /// @param beside called at the beginning of what counts with 0, and at its end with 1
  private Turn turn(Contender contender, Loader loader, IntConsumer beside) {
    Turn turn;
    try (Load load = loader.start(contender)) {
      Compare.pause(SETTLE);
      ProcessHandle process = contender.process();
      load.read();
      beside.accept(0);
      long machine = Account.machineMicros();
      long ours = ours();
      long cpu = Account.cpuMicros(process);
      long start = System.nanoTime();
      Compare.pause(Duration.ofSeconds(pace.seconds()));
      Reading reading = load.read();
      double seconds = (System.nanoTime() - start) / 1e9;
      beside.accept(1);
      turn = new Turn(reading, Account.cpuMicros(process) - cpu, seconds);
      long busy = Account.machineMicros() - machine;
      foreign = Math.max(foreign, Math.clamp((busy - (ours() - ours)) / (double) busy, 0, 1));
      verify(contender, reading);
    }
    Compare.pause(BETWEEN);
    return turn;
  }

  /// CPU of everything that this comparison started, itself included.
  private long ours() {
    return Account.cpuMicros(ProcessHandle.current());
  }

  private static void verify(Contender contender, Reading reading) {
    if (reading.failures() > 0) {
      throw new IllegalStateException(
          contender
              + ": "
              + reading.failures()
              + " requests failed, the last with: "
              + reading.failure());
    }
    if (reading.answers() + reading.events() == 0) {
      throw new IllegalStateException(contender + ": nothing came back");
    }
  }

  private Target target(Contender contender, Wish wish) {
    return new Target(contender.port(wish), shape, CREDENTIAL);
  }

  private static double latency(Turn turn, double percentile) {
    return millis(turn.reading().latencies(), percentile);
  }

  private static double delay(Turn turn, double percentile) {
    return millis(turn.reading().eventDelays(), percentile);
  }

  private static double millis(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / 1e6;
  }

  private static Row row(String name, List<Turn> ofNginx, List<Turn> ofForebay, Figure figure) {
    return row(name, ofNginx, ofForebay, figure, new Limit.None());
  }

  private static Row row(
      String name, List<Turn> ofNginx, List<Turn> ofForebay, Figure figure, Limit limit) {
    return new Row(name, figures(ofNginx, figure), figures(ofForebay, figure), limit);
  }

  private static double[] figures(List<Turn> turns, Figure figure) {
    return turns.stream().mapToDouble(figure::of).toArray();
  }

  private interface Figure {
    double of(Turn turn);
  }

  private interface Loader {
    Load start(Contender contender);
  }
}
