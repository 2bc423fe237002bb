package dev.forebay.exchange;

import dev.forebay.pool.Pools;
import dev.forebay.pool.Ticker;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Serves the exchanges of one event loop.
///
/// Event loop only, but for what it is given: [Pools], [Owners], [Allowances], the [WaitingRoom] and
/// the listener are shared by all loops; the upstream, the timers and the random generator belong to this one.
public final class Dispatcher {

  private final Pools pools;
  private final Supplier<? extends Directory> directory;
  private final Owners owners;
  private final Allowances allowances;
  private final WaitingRoom room;
  private final ExchangeListener listener;
  private final Upstream upstream;
  private final Timers timers;
  private final Ticker ticker;
  private final RandomGenerator random;
  private final Set<Exchange> live = Collections.newSetFromMap(new IdentityHashMap<>());
  private volatile int liveCount;

  public Dispatcher(
      Pools pools,
      Supplier<? extends Directory> directory,
      Owners owners,
      Allowances allowances,
      WaitingRoom room,
      ExchangeListener listener,
      Upstream upstream,
      Timers timers,
      Ticker ticker,
      RandomGenerator random) {
    this.pools = pools;
    this.directory = directory;
    this.owners = owners;
    this.allowances = allowances;
    this.room = room;
    this.listener = listener;
    this.upstream = upstream;
    this.timers = timers;
    this.ticker = ticker;
    this.random = random;
  }

  /// Begins an exchange; everything that follows goes to `caller`.
  public Exchange dispatch(ClientRequest request, Caller caller) {
    Exchange exchange = new Exchange(this, request, caller);
    live.add(exchange);
    liveCount = live.size();
    exchange.begin();
    return exchange;
  }

  /// Exchanges that have begun and not ended. Any thread may ask.
  public int live() {
    return liveCount;
  }

  /// Ends every live exchange: its client is told that the gateway is shutting down.
  public void cut() {
    for (Exchange exchange : List.copyOf(live)) {
      exchange.cut();
    }
  }

  /// The newest configuration.
  public Directory directory() {
    return directory.get();
  }

  void over(Exchange exchange) {
    live.remove(exchange);
    liveCount = live.size();
  }

  Pools pools() {
    return pools;
  }

  Owners owners() {
    return owners;
  }

  Allowances allowances() {
    return allowances;
  }

  WaitingRoom room() {
    return room;
  }

  ExchangeListener listener() {
    return listener;
  }

  Upstream upstream() {
    return upstream;
  }

  Timers timers() {
    return timers;
  }

  Ticker ticker() {
    return ticker;
  }

  RandomGenerator random() {
    return random;
  }
}
