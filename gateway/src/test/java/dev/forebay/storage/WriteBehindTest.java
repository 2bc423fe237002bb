package dev.forebay.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.forebay.control.StorageException;
import dev.forebay.control.StorageProblem;
import dev.forebay.control.UsageRow;
import dev.forebay.control.Workspace;
import dev.forebay.control.clients.LastUses;
import dev.forebay.pool.PoolState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class WriteBehindTest {

  private static final String HOME = Workspace.DEFAULT;

  private static final Duration FLUSH = Duration.ofMillis(500);

  private final FlakyStores stores = new FlakyStores();

  private final FakeTicker ticker = new FakeTicker();

  private final WriteBehind writes =
      new WriteBehind(
          stores,
          ticker,
          new WriteSettings(
              FLUSH, 100, 1_000, Duration.ofSeconds(1), Duration.ofDays(30), Duration.ofDays(20)));

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    logger().addAppender(log);
    logger().setAdditive(false);
    logger().setLevel(Level.INFO);
  }

  @AfterEach
  void stopListening() {
    logger().detachAppender(log);
    logger().setAdditive(true);
    logger().setLevel(null);
  }

  private static RuntimeException full() {
    return new StorageException(new StorageProblem.Full("./data/forebay.db"));
  }

  private static RuntimeException refused() {
    return new StorageException(new StorageProblem.ValuesRefused("./data/forebay.db", "no"));
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger("dev.forebay.storage");
  }

  private List<String> said() {
    return log.list.stream()
        .map(ILoggingEvent::getFormattedMessage)
        .filter(message -> !message.startsWith("old usage rows"))
        .toList();
  }

  private void offer(List<UsageRow> rows) {
    rows.forEach(writes::offer);
  }

  /// The ids of the stored rows.
  private List<String> stored() {
    return stores.usage().rows(HOME, 100_000, 0).stream().map(UsageRow::id).toList();
  }

  /// Lets the time pass and the thread do what is due then.
  private void pass(Duration time) {
    ticker.advance(time);
    writes.turn();
  }

  @Test
  void writesWhatCameTogetherWhenItIsTime() {
    offer(Rows.rows(0, 3));
    assertThat(writes.turn()).isEqualTo(FLUSH.toNanos());
    assertThat(stored()).isEmpty();
    assertThat(writes.backlog().waiting()).isEqualTo(3);

    pass(FLUSH);

    assertThat(stored()).hasSize(3);
    assertThat(stores.batches()).containsExactly(3);
    assertThat(writes.backlog()).isEqualTo(new Backlog(0, 3, 0, null));
  }

  @Test
  void writesNothingWhenThereIsNothing() {
    pass(FLUSH);
    pass(FLUSH);

    assertThat(stores.batches()).isEmpty();
  }

  @Test
  void writesBeforeItsTimeWhenABatchIsFull() {
    offer(Rows.rows(0, 100));
    writes.turn();

    assertThat(stored()).hasSize(100);
  }

  @Test
  void splitsMoreThanABatch() {
    offer(Rows.rows(0, 250));
    pass(FLUSH);

    assertThat(stores.batches()).containsExactly(100, 100, 50);
  }

  @Test
  void keepsRowsWhileTheStoreFailsAndTriesEverLater() {
    stores.fail(WriteBehindTest::full);
    offer(Rows.rows(0, 3));
    List<Duration> waits = new ArrayList<>();
    pass(FLUSH);
    for (int i = 0; i < 7; i++) {
      long wait = writes.turn();
      waits.add(Duration.ofNanos(wait));
      ticker.advance(Duration.ofNanos(wait));
      writes.turn();
    }

    assertThat(waits)
        .extracting(Duration::toMillis)
        .containsExactly(500L, 1_000L, 2_000L, 4_000L, 8_000L, 8_000L, 8_000L);
    assertThat(writes.backlog().problem()).contains("no space left");
    assertThat(writes.backlog().waiting()).isEqualTo(3);

    stores.fail(null);
    pass(Duration.ofSeconds(8));

    assertThat(stored()).hasSize(3);
    assertThat(writes.backlog()).isEqualTo(new Backlog(0, 3, 0, null));
  }

  @Test
  void aFullQueueIsNoReasonToTryAFailingStoreMoreOften() {
    stores.fail(WriteBehindTest::full);
    offer(Rows.rows(0, 100));
    pass(FLUSH);
    offer(Rows.rows(100, 400));
    writes.turn();
    writes.turn();

    assertThat(stores.batches()).containsExactly(100);
  }

  @Test
  void dropsTheOldestRowsWhenThereAreTooMany() {
    stores.fail(WriteBehindTest::full);
    offer(Rows.rows(0, 1_005));
    pass(FLUSH);
    offer(Rows.rows(1_005, 110));
    assertThat(writes.backlog().dropped()).isEqualTo(15);
    assertThat(writes.backlog().waiting()).isEqualTo(1_100);

    stores.fail(null);
    pass(Duration.ofSeconds(1));

    assertThat(stored()).hasSize(1_100).contains("r-5", "r-99", "r-115", "r-1114");
    assertThat(stored()).doesNotContain("r-4", "r-105", "r-114");
  }

  @Test
  void saysOnceAMinuteThatTheStoreFailsAndOnceThatItIsOver() {
    stores.fail(WriteBehindTest::full);
    offer(Rows.rows(0, 3));
    for (int i = 0; i < 90; i++) {
      pass(Duration.ofSeconds(1));
    }
    assertThat(said()).hasSize(2);
    assertThat(said().getFirst())
        .isEqualTo(
            "usage cannot be stored: no space left for ./data/forebay.db; free some space, a running"
                + " server then goes on by itself; 3 rows wait in memory, 0 were dropped");

    stores.fail(null);
    pass(Duration.ofSeconds(8));
    pass(Duration.ofSeconds(8));

    assertThat(said()).hasSize(3);
    assertThat(said().getLast()).startsWith("usage is stored again after 9");
  }

  @Test
  void oneBadRowDoesNotHoldUpTheOthers() {
    stores.refuse(row -> row.id().equals("r-37"), WriteBehindTest::refused);
    offer(Rows.rows(0, 100));
    pass(FLUSH);

    assertThat(stored()).hasSize(99).doesNotContain("r-37");
    assertThat(writes.backlog()).isEqualTo(new Backlog(0, 99, 1, null));
    assertThat(stores.batches()).hasSizeLessThan(30);
    assertThat(said()).singleElement().asString().contains("r-37");
  }

  @Test
  void aFaultOfOursIsABadRowToo() {
    stores.refuse(row -> row.id().equals("r-37"), () -> new IllegalStateException("bug"));
    offer(Rows.rows(0, 100));
    pass(FLUSH);

    assertThat(stored()).hasSize(99);
  }

  @Test
  void savesThePoolStateOnceASecond() {
    List<PoolState> taken = new ArrayList<>();
    writes.watch(
        HOME,
        () -> {
          taken.add(new PoolState(ticker.now(), List.of(), List.of(), List.of(), List.of()));
          return taken.getLast();
        });
    for (int i = 0; i < 10; i++) {
      pass(Duration.ofMillis(500));
    }

    assertThat(stores.saved()).hasSize(5).isEqualTo(taken);
  }

  @Test
  void savesALaterPoolStateWhenOneCouldNotBeSaved() {
    writes.watch(HOME, () -> stateOf(ticker.now()));
    stores.fail(WriteBehindTest::full);
    pass(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(1));
    assertThat(said()).singleElement().asString().contains("pool state of workspace default");

    stores.fail(null);
    pass(Duration.ofSeconds(1));

    assertThat(stores.saved()).containsExactly(stateOf(ticker.now()));
  }

  private static PoolState stateOf(Instant at) {
    return new PoolState(at, List.of(), List.of(), List.of(), List.of("key"));
  }

  @Test
  void deletesRowsThatAreTooOldAFewAtATime() {
    offer(Rows.rows(0, 1_000));
    pass(FLUSH);
    offer(Rows.rows(1_000, 500));
    pass(FLUSH);
    ticker.advance(Duration.ofDays(31));
    writes.turn();
    assertThat(stored()).hasSize(500);

    pass(Duration.ofMillis(200));

    assertThat(stored()).isEmpty();
    assertThat(stores.usage().hours(HOME, Instant.EPOCH, ticker.now())).isEmpty();
    assertThat(stores.usage().totals(HOME, Rows.row(0).day()).getFirst().total().requests())
        .isEqualTo(1_500);
  }

  @Test
  void writesEverythingAtTheEnd() {
    writes.watch(HOME, () -> stateOf(ticker.now()));
    writes.start();
    offer(Rows.rows(0, 250));

    writes.close();

    assertThat(stored()).hasSize(250);
    assertThat(stores.saved()).isNotEmpty();
    assertThat(writes.offer(Rows.row(999))).isFalse();
  }

  @Test
  void saysAtTheEndWhatIsLost() {
    stores.fail(WriteBehindTest::full);
    offer(Rows.rows(0, 3));

    writes.close();

    assertThat(said().getLast()).startsWith("3 usage rows are lost: no space left");
  }

  @Test
  void manyThreadsOfferAtOnce() throws InterruptedException {
    WriteBehind wide = new WriteBehind(stores, ticker, WriteSettings.DEFAULT);
    wide.start();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      int first = 5_000 * t;
      threads.add(Thread.ofPlatform().start(() -> Rows.rows(first, 5_000).forEach(wide::offer)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    wide.close();

    assertThat(stored()).hasSize(20_000);
    assertThat(wide.backlog()).isEqualTo(new Backlog(0, 20_000, 0, null));
  }

  @Test
  void refusesSettingsThatCannotWork() {
    assertThatThrownBy(() ->
            new WriteSettings(
                FLUSH, 10, 9, Duration.ofSeconds(1), Duration.ofDays(1), Duration.ofDays(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("batch: 10");
  }

  @Test
  void storesTheLastUseOfClientKeysOnceAMinute() {
    LastUses uses = new LastUses();
    writes.watch(HOME, uses);
    Instant first = ticker.now();
    uses.note("c1", first);
    ticker.advance(Duration.ofSeconds(59));
    writes.turn();
    assertThat(stores.clientKeys().lastUses(HOME)).isEmpty();
    ticker.advance(Duration.ofSeconds(1));
    writes.turn();
    assertThat(stores.clientKeys().lastUses(HOME)).containsEntry("c1", first);

    uses.note("c1", first.minusSeconds(1));
    assertThat(uses.takeFresh()).isEmpty();
  }

  @Test
  void aLastUseThatCannotBeStoredIsStoredLater() {
    LastUses uses = new LastUses();
    writes.watch(HOME, uses);
    Instant at = ticker.now();
    uses.note("c1", at);
    stores.fail(WriteBehindTest::full);
    ticker.advance(Duration.ofMinutes(1));
    writes.turn();
    stores.fail(null);
    ticker.advance(Duration.ofMinutes(1));
    writes.turn();
    assertThat(stores.clientKeys().lastUses(HOME)).containsEntry("c1", at);

    uses.note("c1", at.plusSeconds(90));
    writes.close();
    assertThat(stores.clientKeys().lastUses(HOME)).containsEntry("c1", at.plusSeconds(90));
  }
}
