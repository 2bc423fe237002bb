package dev.forebay.transport.admin;

import dev.forebay.exchange.WaitingLine;
import dev.forebay.pool.KeyView;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the pages that follow the pool were told of it last, and so what is news to them. Confined
/// to the feed's thread.
///
/// News are numbered: who gets a number that does not follow on the one before has missed some.
final class Told {

  private final Picture picture;
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private List<WaitingLine> waiting = List.of();
  private long number;

  /// @param begin the beginning of the object that tells its figures
  private record Row(String begin, KeyLook look) {}

  /// What a look found, as it is being written.
  private static final class News {
    final List<String> keys = new ArrayList<>();
    final StringBuilder figures = new StringBuilder();
    final List<String> removed = new ArrayList<>();

    boolean isEmpty() {
      return keys.isEmpty() && figures.isEmpty() && removed.isEmpty();
    }
  }

  Told(Picture picture) {
    this.picture = picture;
  }

  /// Forgets everything, as nobody follows any more.
  void forget() {
    rows.clear();
    waiting = List.of();
  }

  int size() {
    return rows.size();
  }

  /// Adds the keys that may be other ones by now without anybody having said so.
  void addDue(Set<String> ids) {
    Instant now = picture.now();
    for (Row row : rows.values()) {
      if (row.look().isDue(now)) {
        ids.add(row.look().view().id());
      }
    }
  }

  /// The keys of a limit group.
  List<KeyView> of(String limitGroup) {
    return rows.values().stream()
        .map(Row::look)
        .filter(look -> look.isOf(limitGroup))
        .map(KeyLook::view)
        .toList();
  }

  /// Looks at the whole pool; null when there is no news.
  @Nullable LiveEvent lookAtAll() {
    News news = new News();
    Set<String> gone = new HashSet<>(rows.keySet());
    for (KeyLook look : picture.looks()) {
      gone.remove(look.view().id());
      take(look, news);
    }
    gone.forEach(id -> remove(id, news));
    List<WaitingLine> waitingNow = picture.waiting();
    boolean moved = !waitingNow.equals(waiting);
    waiting = waitingNow;
    return news.isEmpty() && !moved ? null : tell(news, waiting);
  }

  /// Looks at some keys again; null when there is no news of them.
  @Nullable LiveEvent lookAt(Set<String> ids) {
    News news = new News();
    for (String id : ids) {
      picture.look(id).ifPresentOrElse(look -> take(look, news), () -> remove(id, news));
    }
    return news.isEmpty() ? null : tell(news, null);
  }

  private void take(KeyLook look, News news) {
    String id = look.view().id();
    Row before = rows.get(id);
    if (before == null) {
      rows.put(id, new Row("{\"id\":" + Json.encode(id), look));
      news.keys.add(PoolJson.key(look).encode());
      return;
    }
    rows.put(id, new Row(before.begin(), look));
    if (!look.standsAs(before.look())) {
      news.keys.add(PoolJson.key(look).encode());
      return;
    }
    int length = news.figures.length();
    news.figures.append(length == 0 ? "" : ",").append(before.begin());
    int begun = news.figures.length();
    look.changes(before.look(), news.figures);
    if (news.figures.length() == begun) {
      news.figures.setLength(length);
    } else {
      news.figures.append('}');
    }
  }

  private void remove(String id, News news) {
    if (rows.remove(id) != null) {
      news.removed.add(Json.encode(id));
    }
  }

  private LiveEvent tell(News news, @Nullable List<WaitingLine> withTotals) {
    number++;
    StringBuilder text = begin(withTotals);
    list(text, "keys", news.keys);
    text.append(",\"figures\":[").append(news.figures).append(']');
    list(text, "removed", news.removed);
    return LiveEvent.of("keys", number, text.append('}').toString());
  }

  /// Everything, as it was told last.
  LiveEvent picture() {
    StringBuilder text = begin(waiting);
    list(
        text,
        "keys",
        rows.values().stream().map(row -> PoolJson.key(row.look()).encode()).toList());
    return LiveEvent.of("pool", number, text.append('}').toString());
  }

  private StringBuilder begin(@Nullable List<WaitingLine> withTotals) {
    Collection<KeyView> views = rows.values().stream().map(row -> row.look().view()).toList();
    JsonObject head = picture.head(views, withTotals);
    String text = head.encode();
    return new StringBuilder(text).deleteCharAt(text.length() - 1);
  }

  /// Its members are JSON already.
  private static void list(StringBuilder text, String name, List<String> members) {
    text.append(",\"").append(name).append("\":[").append(String.join(",", members)).append(']');
  }
}
