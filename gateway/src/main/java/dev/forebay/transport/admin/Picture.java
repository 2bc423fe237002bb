package dev.forebay.transport.admin;

import dev.forebay.control.Snapshot;
import dev.forebay.exchange.WaitingLine;
import dev.forebay.exchange.WaitingRoom;
import dev.forebay.pool.KeyView;
import dev.forebay.pool.Pools;
import dev.forebay.pool.Ticker;
import dev.forebay.telemetry.live.LiveFigures;
import dev.forebay.transport.admin.KeyLook.Moment;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Takes pictures of the pool for the console. Thread-safe.
final class Picture {

  private final Pools pools;
  private final WaitingRoom room;
  private final LiveFigures figures;
  private final Supplier<Snapshot> snapshot;
  private final Ticker ticker;

  Picture(
      Pools pools,
      WaitingRoom room,
      LiveFigures figures,
      Supplier<Snapshot> snapshot,
      Ticker ticker) {
    this.pools = pools;
    this.room = room;
    this.figures = figures;
    this.snapshot = snapshot;
    this.ticker = ticker;
  }

  /// Every key, in the order of the configuration.
  List<KeyLook> looks() {
    Moment moment = moment();
    return pools.view().stream().map(view -> look(view, moment)).toList();
  }

  /// One key; empty when there is none of this id.
  Optional<KeyLook> look(String id) {
    return pools.view(id).map(view -> look(view, moment()));
  }

  private KeyLook look(KeyView view, Moment moment) {
    return KeyLook.of(view, figures.key(view.id()), moment);
  }

  private Moment moment() {
    return Moment.of(snapshot.get(), ticker.now());
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

  /// Who waits for a key.
  List<WaitingLine> waiting() {
    return room.lines();
  }

  /// Everything but the keys.
  ///
  /// @param waiting who waits for one; null when what the whole pool does is not told
  JsonObject head(Collection<KeyView> views, @Nullable List<WaitingLine> waiting) {
    JsonObject json =
        new JsonObject()
            .put("at", Values.instant(ticker.now()))
            .put("counts", PoolJson.counts(views));
    return waiting == null
        ? json
        : json.put("totals", PoolJson.totals(views, waiting, figures.pool()));
  }

  JsonObject whole() {
    List<KeyLook> looks = looks();
    JsonArray keys = new JsonArray();
    looks.forEach(look -> keys.add(PoolJson.key(look)));
    return head(looks.stream().map(KeyLook::view).toList(), waiting()).put("keys", keys);
  }
}
