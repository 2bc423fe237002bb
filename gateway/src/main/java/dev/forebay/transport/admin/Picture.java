package dev.forebay.transport.admin;

import dev.forebay.control.Snapshot;
import dev.forebay.pool.KeyView;
import dev.forebay.pool.Pools;
import dev.forebay.pool.Ticker;
import dev.forebay.telemetry.live.LiveFigures;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Takes pictures of the pool for the console. Thread-safe.
final class Picture {

  private final Pools pools;
  private final LiveFigures figures;
  private final Supplier<Snapshot> snapshot;
  private final Ticker ticker;

  Picture(Pools pools, LiveFigures figures, Supplier<Snapshot> snapshot, Ticker ticker) {
    this.pools = pools;
    this.figures = figures;
    this.snapshot = snapshot;
    this.ticker = ticker;
  }

  List<KeyView> views() {
    return pools.view();
  }

  Instant now() {
    return ticker.now();
  }

  long nanos() {
    return ticker.nanos();
  }

  LiveFigures figures() {
    return figures;
  }

  JsonObject row(KeyView key) {
    return PoolJson.key(key, figures.key(key.id()), snapshot.get(), ticker.now());
  }

  /// One key; empty when there is none of this id.
  Optional<JsonObject> key(String id) {
    return pools.view(id).map(this::row);
  }

  /// Everything but the keys.
  JsonObject head(List<KeyView> views) {
    return new JsonObject()
        .put("at", Values.instant(ticker.now()))
        .put("counts", PoolJson.counts(views))
        .put("totals", PoolJson.totals(views, figures.pool()));
  }

  JsonObject whole() {
    List<KeyView> views = views();
    JsonArray keys = new JsonArray();
    views.forEach(view -> keys.add(row(view)));
    return head(views).put("keys", keys);
  }
}
