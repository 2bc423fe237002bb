package dev.forebay.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SpoolTest {

  private static final Duration NEVER = Duration.ofHours(1);

  private final Collecting taken = new Collecting();

  @Test
  void handsOverInOrderAndInBatches() {
    Spool<Integer> spool = new Spool<>("spool", 8, NEVER, taken);

    IntStream.range(0, 3).forEach(spool::offer);
    spool.drain();
    IntStream.range(3, 5).forEach(spool::offer);
    spool.drain();

    assertThat(taken.values).containsExactly(0, 1, 2, 3, 4);
    assertThat(taken.ends).isEqualTo(2);
  }

  @Test
  void dropsAndCountsWhatDoesNotFit() {
    Spool<Integer> spool = new Spool<>("spool", 4, NEVER, taken);

    List<Boolean> accepted = IntStream.range(0, 6).mapToObj(spool::offer).toList();
    spool.drain();

    assertThat(accepted).containsExactly(true, true, true, true, false, false);
    assertThat(taken.values).containsExactly(0, 1, 2, 3);
    assertThat(spool.dropped()).isEqualTo(2);
  }

  @Test
  void hasRoomAgainAfterABatchHoweverOftenTheRingTurns() {
    Spool<Integer> spool = new Spool<>("spool", 4, NEVER, taken);

    for (int i = 0; i < 100; i++) {
      assertThat(spool.offer(i)).isTrue();
      if (i % 3 == 0) {
        spool.drain();
      }
    }
    spool.drain();

    assertThat(taken.values).containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
  }

  @Test
  @Timeout(10)
  void closingHandlesWhatIsWaitingAndRefusesWhatComesLater() {
    Spool<Integer> spool = new Spool<>("spool", 8, NEVER, taken);
    spool.start();
    spool.offer(1);
    spool.offer(2);

    spool.close();

    assertThat(taken.values).containsExactly(1, 2);
    assertThat(spool.offer(3)).isFalse();
    assertThat(spool.dropped()).isEqualTo(1);
  }

  @Test
  @Timeout(10)
  void handlesEarlyWhenHalfFull() throws InterruptedException {
    CountDownLatch third = new CountDownLatch(3);
    Spool<Integer> spool = new Spool<>("spool", 4, NEVER, counting(third));
    spool.start();

    IntStream.range(0, 3).forEach(spool::offer);

    assertThat(third.await(5, TimeUnit.SECONDS)).isTrue();
    spool.close();
  }

  @Test
  @Timeout(30)
  void manyProducersLoseNothingAndKeepTheirOwnOrder() throws InterruptedException {
    Spool<Integer> spool = new Spool<>("spool", 64, Duration.ofMillis(1), taken);
    spool.start();
    int each = 20_000;
    List<Thread> producers =
        IntStream.range(0, 3)
            .mapToObj(p -> Thread.ofPlatform().start(() -> produce(spool, p * each, each)))
            .toList();
    for (Thread producer : producers) {
      producer.join();
    }
    spool.close();

    for (int p = 0; p < 3; p++) {
      int first = p * each;
      assertThat(taken.values.stream().filter(value -> value / each == first / each).toList())
          .containsExactlyElementsOf(IntStream.range(first, first + each).boxed().toList());
    }
  }

  @Test
  void wantsAPowerOfTwo() {
    assertThatThrownBy(() -> new Spool<>("spool", 6, NEVER, taken))
        .hasMessage("capacity: 6 (expected: a power of two)");
  }

  private static void produce(Spool<Integer> spool, int first, int count) {
    for (int value = first; value < first + count; value++) {
      while (!spool.offer(value)) {
        Thread.onSpinWait();
      }
    }
  }

  private static Spool.Batch<Integer> counting(CountDownLatch latch) {
    return new Spool.Batch<>() {
      @Override
      public void take(Integer value) {
        latch.countDown();
      }

      @Override
      public void end() {}
    };
  }

  private static final class Collecting implements Spool.Batch<Integer> {

    private final List<Integer> values = new ArrayList<>();
    private int ends;

    @Override
    public void take(Integer value) {
      values.add(value);
    }

    @Override
    public void end() {
      ends++;
    }
  }
}
