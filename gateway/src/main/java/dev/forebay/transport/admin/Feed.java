package dev.forebay.transport.admin;

import dev.forebay.exchange.ExchangeReport;
import dev.forebay.pool.KeyView;
import dev.forebay.pool.PoolListener;
import dev.forebay.pool.ScopedCooling;
import dev.forebay.pool.Status;
import dev.forebay.telemetry.live.TrafficReport;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One feed of live events for all browsers. Thread-safe; [#pulse] belongs to one thread.
///
/// A pulse comes four times a second. Changes of state, and the rows they change, go out with the
/// next one; figures go out once a second, those that changed, or less often when there are very
/// many keys. Every event is written out once, whoever gets it. Nothing is done for the pool while
/// nobody watches.
final class Feed implements PoolListener {

  /// How often [#pulse] is to be called.
  static final Duration PULSE = Duration.ofMillis(250);

  static final int MOST_SUBSCRIBERS = 64;

  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
  private static final int MOST_WAITING = 1_000;
  private static final int MOST_REQUESTS = 5;
  private static final int MOST_OF_GROUP = 10;
  private static final int MANY_KEYS = 2_000;

  /// Looking at so many keys one by one costs as much as looking at all.
  private static final int MOST_ALONE = 32;

  private static final Duration BEAT = Duration.ofSeconds(2);
  private static final Duration SESSIONS = Duration.ofSeconds(5);

  private final Picture picture;
  private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
  private final Queue<Change> states = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waitingStates = new AtomicInteger();
  private final Queue<String> configs = new ConcurrentLinkedQueue<>();

  /// Whether any row may be another one now.
  private volatile boolean allTouched;

  /// @param group the limit group whose keys it holds for; null when the key is named
  private record Change(JsonObject json, @Nullable String group) {}

  // The thread of the pulse only.
  private final Told told;

  /// Whose rows may be other ones now.
  private final Set<String> touched = new HashSet<>();

  private long pulses;
  private long beatAt;
  private long sessionsAt;
  private long requestsSeen;

  Feed(Picture picture) {
    this.picture = picture;
    this.told = new Told(picture);
    this.beatAt = picture.nanos();
    this.sessionsAt = picture.nanos();
  }

  /// Adds a browser; false when there are too many.
  boolean add(Subscriber subscriber) {
    if (subscribers.size() >= MOST_SUBSCRIBERS) {
      return false;
    }
    subscribers.add(subscriber);
    return true;
  }

  void remove(Subscriber subscriber) {
    subscriber.gone();
    subscribers.remove(subscriber);
  }

  int size() {
    return subscribers.size();
  }

  /// Tells pages that what they show was changed by somebody.
  void configChanged(String what) {
    if (!subscribers.isEmpty()) {
      configs.add(what);
      if (what.equals("keys")) {
        allTouched = true;
      }
    }
  }

  @Override
  public void statusChanged(Status before, KeyView after) {
    JsonObject json = change(after.id(), after.name(), after.provider());
    json.put("from", PoolJson.state(before)).put("to", PoolJson.state(after));
    Values.put(json, "reason", PoolJson.reason(after.status()));
    Values.put(json, "until", PoolJson.until(after.status()));
    tell(json, null);
  }

  @Override
  public void cooled(ScopedCooling cooling) {
    scoped(cooling, "healthy", "throttled");
  }

  @Override
  public void reopened(ScopedCooling ended) {
    scoped(ended, "throttled", "healthy");
  }

  private void scoped(ScopedCooling cooling, String from, String to) {
    String model = cooling.model();
    if (model == null) {
      return;
    }
    JsonObject json =
        change("", "all keys", cooling.provider())
            .put("from", from)
            .put("to", to)
            .put("model", model);
    if (to.equals("throttled")) {
      json.put("reason", cooling.reason()).put("until", Values.instant(cooling.until()));
    }
    tell(json, cooling.limitGroup());
  }

  private JsonObject change(String id, String name, String provider) {
    return new JsonObject()
        .put("at", Values.instant(picture.now()))
        .put("keyId", id)
        .put("keyName", name)
        .put("provider", provider);
  }

  private void tell(JsonObject change, @Nullable String group) {
    if (subscribers.isEmpty()) {
      return;
    }
    if (waitingStates.incrementAndGet() > MOST_WAITING) {
      // The rows tell the same a second later.
      waitingStates.decrementAndGet();
      return;
    }
    states.add(new Change(change, group));
  }

  /// Sends what has happened. It does not throw.
  void pulse() {
    try {
      beat();
    } catch (RuntimeException e) {
      LOG.error("the live feed missed a beat", e);
    }
  }

  private void beat() {
    pulses++;
    TrafficReport.@Nullable Point traffic = picture.figures().sweep();
    if (subscribers.isEmpty()) {
      told.forget();
      touched.clear();
      requestsSeen = picture.figures().recent().count();
      return;
    }
    endSessions();
    boolean watched = subscribers.stream().anyMatch(Subscriber::wantsPool);
    if (watched) {
      List<Subscriber> owed = subscribers.stream().filter(Subscriber::isOwedPicture).toList();
      changes(!owed.isEmpty());
      if (traffic != null) {
        LiveEvent event = LiveEvent.of("traffic", RequestJson.point(traffic).encode());
        subscribers.forEach(subscriber -> subscriber.change(event));
      }
      if (!owed.isEmpty()) {
        LiveEvent whole = told.picture();
        owed.forEach(subscriber -> subscriber.picture(whole));
      }
    }
    requests();
    for (String what = configs.poll(); what != null; what = configs.poll()) {
      LiveEvent event = LiveEvent.of("config", new JsonObject().put("what", what).encode());
      subscribers.forEach(subscriber -> subscriber.note(event));
    }
    if (picture.nanos() - beatAt >= BEAT.toNanos()) {
      beatAt = picture.nanos();
      String at = new JsonObject().put("at", Values.instant(picture.now())).encode();
      LiveEvent event = LiveEvent.of("beat", at);
      subscribers.forEach(subscriber -> subscriber.note(event));
    }
  }

  /// Changed rows, and before them the changes of state that made them change.
  ///
  /// @param owed whether the whole picture is to be sent next: it has to be of one moment
  private void changes(boolean owed) {
    List<Change> news = new ArrayList<>();
    collect(news);
    told.addDue(touched);
    boolean soon = allTouched || touched.size() > MOST_ALONE;
    LiveEvent event = null;
    if (owed || told.size() == 0 || pulses % every(told.size()) == 0 || (soon && pulses % 2 == 0)) {
      allTouched = false;
      touched.clear();
      event = told.lookAtAll();
    } else if (!soon && !touched.isEmpty()) {
      event = told.lookAt(touched);
      touched.clear();
    }
    // Whoever looks notices what only time has changed.
    collect(news);
    news.forEach(this::send);
    if (event != null) {
      LiveEvent rows = event;
      subscribers.forEach(subscriber -> subscriber.change(rows));
    }
  }

  /// Takes over what the pool has said since the last time, and notes whose rows it concerns.
  private void collect(List<Change> news) {
    for (Change change = states.poll(); change != null; change = states.poll()) {
      waitingStates.decrementAndGet();
      news.add(change);
      String group = change.group();
      String key = change.json().getString("keyId");
      if (group != null) {
        told.of(group).forEach(view -> touched.add(view.id()));
      } else if (key.isEmpty()) {
        allTouched = true;
      } else {
        touched.add(key);
      }
    }
  }

  private void send(Change change) {
    String group = change.group();
    if (group == null) {
      broadcast(change.json());
      return;
    }
    told.of(group).stream()
        .limit(MOST_OF_GROUP)
        .forEach(view ->
            broadcast(change.json().copy().put("keyId", view.id()).put("keyName", view.name())));
  }

  private void broadcast(JsonObject change) {
    LiveEvent event = LiveEvent.of("state", change.encode());
    subscribers.forEach(subscriber -> subscriber.change(event));
  }

  /// How many pulses figures wait: a second, or two when there are very many keys.
  private static int every(int keys) {
    return keys <= MANY_KEYS ? 4 : 8;
  }

  private void requests() {
    List<ExchangeReport> reports = picture.figures().recent().since(requestsSeen, MOST_REQUESTS);
    requestsSeen = picture.figures().recent().count();
    for (ExchangeReport report : reports) {
      LiveEvent full = LiveEvent.of("request", RequestJson.summary(report, true).encode());
      LiveEvent bare = LiveEvent.of("request", RequestJson.summary(report, false).encode());
      String client = report.clientKeyId();
      for (Subscriber subscriber : subscribers) {
        if (!subscriber.wantsRequests()) {
          continue;
        }
        if (!subscriber.viewer().member()) {
          subscriber.note(full);
        } else if (client != null && subscriber.viewer().owns().test(client)) {
          subscriber.note(bare);
        }
      }
    }
  }

  private void endSessions() {
    if (picture.nanos() - sessionsAt < SESSIONS.toNanos()) {
      return;
    }
    sessionsAt = picture.nanos();
    for (Subscriber subscriber : subscribers) {
      if (subscriber.isClosed() || !subscriber.viewer().mayFollow().getAsBoolean()) {
        subscriber.end();
        subscribers.remove(subscriber);
      }
    }
  }

  /// Ends everybody's feed.
  void close() {
    subscribers.forEach(Subscriber::end);
    subscribers.clear();
  }
}
