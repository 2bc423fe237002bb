package dev.forebay.exchange;

import dev.forebay.dialect.KeepAlive;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One exchange's stay in the [WaitingRoom]: its place, its timers, and what its client hears
/// meanwhile. Confined to the exchange.
final class Stay {

  /// Who is called asks the pool this often at least: a person may have added a key.
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);

  /// Before this a client is not told anything, so that it can still be refused with a status.
  static final Duration QUIET = Duration.ofSeconds(10);

  private final Dispatcher dispatcher;
  private final ClientRequest request;
  private final Reply reply;
  private final Trace trace;
  private final boolean stream;
  private final Runnable turn;
  private final Runnable expired;

  private WaitingRoom.@Nullable Place place;
  private Timers.@Nullable Timer sleep;
  private Timers.@Nullable Timer deadline;
  private Timers.@Nullable Timer keepAlive;
  private long enteredNanos;
  private long countedNanos;

  /// @param stream whether the client reads a stream
  /// @param turn asks for the next step
  /// @param expired gives up: the client's patience is at its end
  Stay(
      Dispatcher dispatcher,
      ClientRequest request,
      Reply reply,
      Trace trace,
      boolean stream,
      Runnable turn,
      Runnable expired) {
    this.dispatcher = dispatcher;
    this.request = request;
    this.reply = reply;
    this.trace = trace;
    this.stream = stream;
    this.turn = turn;
    this.expired = expired;
  }

  /// Whether it is this one's turn to ask for it.
  boolean isCalledFor(WaitingRoom.Wish wish) {
    WaitingRoom.Place own = place;
    return own != null && own.called() && own.wish().equals(wish);
  }

  /// Whether it is this one's turn to ask for one group of those that are wished for.
  boolean isCalledForPartOf(WaitingRoom.Wish wish) {
    WaitingRoom.Place own = place;
    return own != null && own.called() && own.wish().isPartOf(wish);
  }

  /// Whether it stands in this line.
  boolean isFor(WaitingRoom.Wish wish) {
    WaitingRoom.Place own = place;
    return own != null && own.wish().equals(wish);
  }

  /// The line it stands in; null when it stands in none.
  WaitingRoom.@Nullable Wish wish() {
    WaitingRoom.Place own = place;
    return own == null ? null : own.wish();
  }

  /// Whether it has to leave what there is to callers who have had fewer turns.
  ///
  /// @param lone the only limit group that serves the model; null when there are several
  boolean isHeld(@Nullable String lone) {
    WaitingRoom.Place own = place;
    return own != null && dispatcher.room().holds(own, lone);
  }

  /// Whether it waits for one of these keys.
  boolean isAmong(WaitingRoom.Wish any) {
    WaitingRoom.Place own = place;
    return own != null && own.wish().anyKey().equals(any);
  }

  /// Waits, in a place that is taken if there is none or if another is wished for; false when the
  /// room is full, or somebody with fewer places was given this one.
  ///
  /// @param first before the others of its caller
  /// @param delay until what is waited for may come
  /// @param patience how long the exchange may still wait
  boolean goOn(WaitingRoom.Wish wish, boolean first, Duration delay, Duration patience) {
    WaitingRoom.Place own = place;
    if (own != null && own.givenUp()) {
      return false;
    }
    if (own != null && !own.wish().equals(wish)) {
      place = dispatcher.room().move(own, wish);
    }
    if (place == null) {
      place =
          dispatcher
              .room()
              .enter(
                  wish,
                  request.client().id(),
                  first,
                  dispatcher.timers(),
                  this::turned,
                  request.directory().limits().maxWaiting(),
                  dispatcher.ticker().now());
      if (place == null) {
        return false;
      }
      enteredNanos = dispatcher.ticker().nanos();
      countedNanos = enteredNanos;
      deadline = dispatcher.timers().after(patience, expired);
      if (stream && KeepAlive.of(request.endpoint().operation().dialect()) != null) {
        keepAlive = dispatcher.timers().after(QUIET, this::keepAlive);
      }
    }
    if (place.called()) {
      Duration longest = delay.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP : delay;
      cancel(sleep);
      sleep = dispatcher.timers().after(longest, this::turned);
    }
    return true;
  }

  private void turned() {
    if (place != null) {
      place.turned();
      turn.run();
    }
  }

  /// The time waited that was not counted before.
  Duration counted() {
    if (place == null) {
      return Duration.ZERO;
    }
    long now = dispatcher.ticker().nanos();
    Duration more = Duration.ofNanos(now - countedNanos);
    countedNanos = now;
    return more;
  }

  private void keepAlive() {
    reply.keepAlive();
    keepAlive = dispatcher.timers().after(QUIET, this::keepAlive);
  }

  /// Leaves the room for an attempt, if it is in there.
  void served() {
    WaitingRoom.Place own = out();
    if (own != null) {
      dispatcher.room().serve(own, dispatcher.ticker().nanos());
    }
  }

  /// Leaves the room, if it is in there.
  void end() {
    WaitingRoom.Place own = out();
    if (own != null) {
      dispatcher.room().leave(own);
    }
  }

  private WaitingRoom.@Nullable Place out() {
    WaitingRoom.Place own = place;
    if (own != null) {
      place = null;
      cancel(sleep);
      cancel(deadline);
      cancel(keepAlive);
      trace.waited(dispatcher.ticker().nanos() - enteredNanos, own.ahead());
    }
    return own;
  }

  private static void cancel(Timers.@Nullable Timer timer) {
    if (timer != null) {
      timer.cancel();
    }
  }
}
