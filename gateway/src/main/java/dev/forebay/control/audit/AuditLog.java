package dev.forebay.control.audit;

import dev.forebay.control.AuditEntry;
import dev.forebay.control.AuditStore;
import dev.forebay.control.Position;
import dev.forebay.control.StorageException;
import dev.forebay.pool.Ticker;
import dev.forebay.secrets.Tokens;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who changed what. Thread-safe; may block.
///
/// An entry is written after the change it speaks of. When it cannot be written the change stands,
/// and the process log says so.
public final class AuditLog {

  private static final Logger log = LoggerFactory.getLogger(AuditLog.class);

  private static final int LONGEST = 1_000;

  private final String workspace;
  private final AuditStore store;
  private final Ticker ticker;
  private final RandomGenerator random;

  /// When the entry before was written.
  private final AtomicReference<Instant> last = new AtomicReference<>(Instant.EPOCH);

  /// @param random thread-safe
  public AuditLog(String workspace, AuditStore store, Ticker ticker, RandomGenerator random) {
    this.workspace = workspace;
    this.store = store;
    this.ticker = ticker;
    this.random = random;
  }

  /// One page of the log.
  ///
  /// @param next what the following page is `before`; null on the last one
  public record Page(List<AuditEntry> entries, @Nullable String next) {}

  /// Writes down what the actor did.
  public void record(Actor actor, String action, String subject, String detail) {
    AuditEntry entry =
        new AuditEntry(
            workspace,
            Tokens.id("audit-", random),
            later(),
            printable(actor.name()),
            action,
            printable(subject),
            printable(detail),
            printable(actor.address()));
    try {
      store.append(entry);
    } catch (StorageException e) {
      log.error(
          "the audit log misses {} of {} by {}: {}",
          action,
          entry.subject(),
          entry.actor(),
          e.getMessage());
    }
  }

  /// Now, but later than the entry before: what follows from one another is listed in its order.
  private Instant later() {
    Instant now = ticker.now().truncatedTo(ChronoUnit.MICROS);
    return last.updateAndGet(
        before -> now.isAfter(before) ? now : before.plus(1, ChronoUnit.MICROS));
  }

  /// A page, the youngest entry first.
  ///
  /// @param before the `next` of the page before; null for the first page
  public Page page(@Nullable String before, int limit) {
    Position position = before == null ? null : Position.parse(before);
    if (before != null && position == null) {
      return new Page(List.of(), null);
    }
    List<AuditEntry> found = store.entries(workspace, position, limit + 1);
    if (found.size() <= limit) {
      return new Page(found, null);
    }
    List<AuditEntry> page = List.copyOf(found.subList(0, limit));
    return new Page(page, new Position(page.getLast().at(), page.getLast().id()).text());
  }

  /// Names come from people, who may send anything.
  private static String printable(String text) {
    StringBuilder kept = new StringBuilder(Math.min(text.length(), LONGEST));
    text.codePoints()
        .limit(LONGEST)
        .map(c -> Character.isISOControl(c) || isHalf(c) ? '\uFFFD' : c)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }

  private static boolean isHalf(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }
}
