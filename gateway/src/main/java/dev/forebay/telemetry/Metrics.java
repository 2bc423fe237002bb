package dev.forebay.telemetry;

import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Usage;
import dev.forebay.exchange.AttemptReport;
import dev.forebay.exchange.ExchangeListener;
import dev.forebay.exchange.ExchangeReport;
import dev.forebay.exchange.ExchangeReport.End;
import dev.forebay.exchange.WaitingRoom;
import dev.forebay.pool.Cause;
import dev.forebay.pool.KeyView;
import dev.forebay.pool.Outcome;
import dev.forebay.pool.Pools;
import dev.forebay.pool.Ticker;
import dev.forebay.prices.Cost;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/// What Prometheus reads; [Metric] names it all. *Thread-safe.*
///
/// Event loops count in cells that were looked up before, by the ordinal of an enum or by one map
/// from an id; no label is put together and nothing is allocated. Everything that can be asked for
/// later (the keys' states, their headroom) is asked for when somebody scrapes.
public final class Metrics implements ExchangeListener, AutoCloseable {

  private static final String NOBODY = "none";
  private static final String UNKNOWN_KEY = "other";
  private static final int OPERATIONS = Operation.values().length;
  private static final int ENDS = End.values().length;
  private static final OutcomeKind[] OUTCOMES = OutcomeKind.values();
  private static final TokenKind[] KINDS = TokenKind.values();
  private static final int COST_SLOT = 0;
  private static final int UNPRICED_SLOT = 1;

  private final Family<LongAdder> requests = new Family<>(Metric.REQUESTS, LongAdder::new);
  private final Family<LongAdder> inFlight =
      new Family<>(Metric.REQUESTS_IN_FLIGHT, LongAdder::new);
  private final Family<LongAdder> requestBytes = new Family<>(Metric.REQUEST_BYTES, LongAdder::new);
  private final Family<LongAdder> responseBytes =
      new Family<>(Metric.RESPONSE_BYTES, LongAdder::new);
  private final Family<LongAdder> tokens = new Family<>(Metric.TOKENS, LongAdder::new);
  private final Family<LongAdder> costs = new Family<>(Metric.COST, LongAdder::new);
  private final Family<LongAdder> unpriced = new Family<>(Metric.UNPRICED, LongAdder::new);
  private final Family<LongAdder> attempts = new Family<>(Metric.ATTEMPTS, LongAdder::new);
  private final Family<Distribution> durations =
      new Family<>(Metric.REQUEST_DURATION, Distribution::new);
  private final Family<Distribution> firstContents =
      new Family<>(Metric.FIRST_CONTENT, Distribution::new);
  private final Family<Distribution> latencies =
      new Family<>(Metric.ATTEMPT_LATENCY, Distribution::new);

  private final Slots<OfOperation> operations = new Slots<>(OPERATIONS, OfOperation::new);
  private final Map<String, OfProvider> providers = new ConcurrentHashMap<>();
  private final Map<String, OfKey> keys = new ConcurrentHashMap<>();
  private final ModelNames models = new ModelNames();
  private final Map<String, LongSupplier> dropped = new ConcurrentHashMap<>();
  private volatile LongSupplier listenerFailures = () -> 0;

  private final Pools pools;
  private final WaitingRoom room;
  private final Ticker ticker;
  private final Exposition exposition;

  /// @param version the version that runs
  public Metrics(Pools pools, WaitingRoom room, Ticker ticker, String version) {
    this.pools = pools;
    this.room = room;
    this.ticker = ticker;
    this.exposition = new Exposition(version, this::collect);
  }

  /// Also reports what a queue dropped, under a name such as `usage_row`.
  public void countDropped(String what, LongSupplier sinceStart) {
    dropped.put(what, sinceStart);
  }

  /// Also reports how many calls of listeners failed.
  public void countListenerFailures(LongSupplier sinceStart) {
    listenerFailures = sinceStart;
  }

  @Override
  public void started(Operation operation) {
    operations.get(operation.ordinal()).inFlight.increment();
  }

  @Override
  public void attempted(AttemptReport attempt) {
    Outcome outcome = attempt.outcome();
    OutcomeKind kind = OutcomeKind.of(outcome);
    int slot =
        outcome instanceof Outcome.Throttled throttled
            ? OUTCOMES.length + throttled.cause().ordinal()
            : kind.ordinal();
    key(attempt).outcomes.get(slot).increment();
    if (attempt.latencyNanos() >= 0) {
      provider(attempt.provider()).latencies.get(kind.ordinal()).record(attempt.latencyNanos());
    }
  }

  @Override
  public void finished(ExchangeReport report) {
    Operation operation = report.operation();
    OfOperation ofOperation = operations.get(operation.ordinal());
    ofOperation.inFlight.decrement();
    ofOperation.requestBytes.add(report.requestBytes());
    ofOperation.responseBytes.add(report.responseBytes());

    OfProvider ofProvider = provider(report.provider() == null ? NOBODY : report.provider());
    boolean completed = report.end() == End.COMPLETED;
    OfModel ofModel = ofProvider.model(report.servedModel(), completed);
    ofModel.requests.get(operation.ordinal() * ENDS + report.end().ordinal()).increment();
    int timed = operation.ordinal() * 2 + (report.stream() ? 1 : 0);
    if (completed) {
      ofProvider.durations.get(timed).record(report.durationNanos());
    }
    if (report.firstContentNanos() >= 0) {
      ofProvider.firstContents.get(timed).record(report.firstContentNanos());
    }
    Usage usage = report.usage();
    if (usage.total() > 0) {
      for (TokenKind kind : KINDS) {
        long count = kind.of(usage);
        if (count > 0) {
          ofModel.tokens.get(kind.ordinal()).add(count);
        }
      }
      Cost cost = report.cost();
      if (cost == null) {
        ofModel.money.get(UNPRICED_SLOT).increment();
      } else {
        ofModel.money.get(COST_SLOT).add(cost.nanoDollars());
      }
    }
  }

  /// Everything, in Prometheus' text format ([#CONTENT_TYPE]). Takes time that grows with the
  /// number of keys: not for an event loop.
  public String scrape() {
    return exposition.scrape();
  }

  /// The media type of a scrape.
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  @Override
  public void close() {
    exposition.close();
  }

  private MetricSnapshots collect() {
    List<KeyView> views = pools.view();
    Set<String> ids = views.stream().map(KeyView::id).collect(Collectors.toSet());
    Set<String> names = views.stream().map(KeyView::name).collect(Collectors.toSet());
    // A key that is no longer configured takes its series with it.
    keys.keySet().removeIf(id -> !ids.contains(id));
    attempts.forget(labels -> !names.contains(labels.get(1)) && !labels.get(1).equals(UNKNOWN_KEY));
    Snapshots snapshots = new Snapshots();
    snapshots.counters(requests);
    snapshots.gauges(inFlight);
    snapshots.histograms(durations);
    snapshots.histograms(firstContents);
    snapshots.counters(requestBytes);
    snapshots.counters(responseBytes);
    snapshots.counters(tokens);
    snapshots.dollars(costs);
    snapshots.counters(unpriced);
    snapshots.counters(attempts);
    snapshots.histograms(latencies);
    waiting(snapshots, views);
    KeyGauges.add(snapshots, views, models, ticker.now());
    dropped.forEach((what, count) -> snapshots.counter(Metric.DROPPED, count.getAsLong(), what));
    snapshots.counter(Metric.LISTENER_FAILURES, listenerFailures.getAsLong());
    return snapshots.build();
  }

  /// Zeros too, so that an alert on a line has something to compare.
  private void waiting(Snapshots snapshots, List<KeyView> views) {
    Map<String, Integer> counts = new TreeMap<>();
    views.forEach(key -> counts.put(key.provider(), 0));
    room.lines().forEach(line -> counts.merge(line.provider(), line.waiting(), Integer::sum));
    counts.forEach((provider, count) -> snapshots.gauge(Metric.REQUESTS_WAITING, count, provider));
  }

  private OfProvider provider(String provider) {
    OfProvider known = providers.get(provider);
    return known != null ? known : providers.computeIfAbsent(provider, OfProvider::new);
  }

  private OfKey key(AttemptReport attempt) {
    OfKey known = keys.get(attempt.keyId());
    return known != null && Objects.equals(known.name, attempt.keyName()) ? known : newKey(attempt);
  }

  private OfKey newKey(AttemptReport attempt) {
    boolean configured = pools.view(attempt.keyId()).isPresent();
    String id = configured ? attempt.keyId() : "";
    String name = configured ? attempt.keyName() : UNKNOWN_KEY;
    OfKey key = new OfKey(attempt.provider(), name);
    keys.put(id, key);
    return key;
  }

  static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private final class OfOperation {
    final LongAdder inFlight;
    final LongAdder requestBytes;
    final LongAdder responseBytes;

    OfOperation(int ordinal) {
      String operation = label(Operation.values()[ordinal]);
      inFlight = Metrics.this.inFlight.cell(operation);
      requestBytes = Metrics.this.requestBytes.cell(operation);
      responseBytes = Metrics.this.responseBytes.cell(operation);
    }
  }

  private final class OfProvider {
    final Slots<Distribution> durations;
    final Slots<Distribution> firstContents;
    final Slots<Distribution> latencies;
    final Map<String, OfModel> models = new ConcurrentHashMap<>();
    private final String provider;

    OfProvider(String provider) {
      this.provider = provider;
      durations = new Slots<>(OPERATIONS * 2, slot -> timed(Metrics.this.durations, slot));
      firstContents = new Slots<>(OPERATIONS * 2, slot -> timed(Metrics.this.firstContents, slot));
      latencies =
          new Slots<>(
              OUTCOMES.length,
              slot -> Metrics.this.latencies.cell(provider, label(OUTCOMES[slot])));
    }

    private Distribution timed(Family<Distribution> family, int slot) {
      String operation = label(Operation.values()[slot / 2]);
      return family.cell(provider, operation, slot % 2 == 1 ? "true" : "false");
    }

    OfModel model(String model, boolean answered) {
      OfModel known = models.get(model);
      if (known != null) {
        return known;
      }
      String label = Metrics.this.models.label(model, answered);
      OfModel labelled = models.get(label);
      return labelled != null
          ? labelled
          : models.computeIfAbsent(label, _ -> new OfModel(provider, label));
    }
  }

  private final class OfModel {
    final Slots<LongAdder> requests;
    final Slots<LongAdder> tokens;
    final Slots<LongAdder> money;

    OfModel(String provider, String model) {
      requests =
          new Slots<>(
              OPERATIONS * ENDS,
              slot ->
                  Metrics.this.requests.cell(
                      provider,
                      label(Operation.values()[slot / ENDS]),
                      model,
                      label(End.values()[slot % ENDS])));
      tokens =
          new Slots<>(
              KINDS.length, slot -> Metrics.this.tokens.cell(provider, model, label(KINDS[slot])));
      money = new Slots<>(2, slot -> (slot == COST_SLOT ? costs : unpriced).cell(provider, model));
    }
  }

  private final class OfKey {
    final String name;
    final Slots<LongAdder> outcomes;

    OfKey(String provider, String name) {
      this.name = name;
      outcomes =
          new Slots<>(
              OUTCOMES.length + Cause.values().length,
              slot -> {
                boolean throttled = slot >= OUTCOMES.length;
                OutcomeKind kind = throttled ? OutcomeKind.THROTTLED : OUTCOMES[slot];
                String cause = throttled ? label(Cause.values()[slot - OUTCOMES.length]) : "";
                return attempts.cell(provider, name, label(kind), cause);
              });
    }
  }
}
