package dev.forebay.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.app.TestTerminal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DemoTest {

  @Test
  void playsForAWhileWithoutAnErrorThatClientsSee() {
    TestTerminal terminal = new TestTerminal();
    CountDownLatch never = new CountDownLatch(1);

    DemoEnd end =
        Demo.run(
            terminal.terminal(),
            "test",
            0,
            Duration.ofSeconds(4),
            false,
            time -> {
              try {
                return never.await(time.toNanos(), TimeUnit.NANOSECONDS);
              } catch (InterruptedException e) {
                return true;
              }
            });

    assertThat(end).isEqualTo(new DemoEnd.Done());
    assertThat(terminal.err()).isEmpty();
    assertThat(terminal.out())
        .contains(
            "team-a",
            "contractor",
            "free-tier",
            "tokens today",
            "curl http://127.0.0.1:",
            "/sign-in#link=")
        .containsPattern("\n[1-9]\\d* requests, \\d+ failures hidden, 0 errors that clients saw\n");
  }
}
