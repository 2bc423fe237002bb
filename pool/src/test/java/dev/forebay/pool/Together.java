package dev.forebay.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Lets many callers loose at the same moment, and waits for all.
final class Together {

  private Together() {}

  interface Caller {
    void call(SplittableRandom random) throws InterruptedException;
  }

  static void run(int callers, Caller caller) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    List<Future<?>> calls = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < callers; i++) {
        SplittableRandom random = new SplittableRandom(i);
        calls.add(
            threads.submit(() -> {
              start.await();
              caller.call(random);
              return null;
            }));
      }
      start.countDown();
      for (Future<?> call : calls) {
        call.get();
      }
    }
  }
}
