package dev.forebay.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Operation;
import dev.forebay.exchange.AttemptReport;
import dev.forebay.exchange.ExchangeListener;
import dev.forebay.exchange.ExchangeReport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenersTest {

  private final List<String> heard = new ArrayList<>();

  @Test
  void tellsEveryListenerInOrder() {
    Listeners listeners = Listeners.all(new Recording("a"), new Recording("b"));

    listeners.started(Operation.MESSAGES);
    listeners.attempted(Reports.served("key-1"));
    listeners.finished(Reports.completed());

    assertThat(heard)
        .containsExactly(
            "a started", "b started", "a attempted", "b attempted", "a finished", "b finished");
    assertThat(listeners.failures()).isZero();
  }

  @Test
  void aListenerThatFailsIsCountedAndHidesNothingFromTheOthers() {
    Listeners listeners = Listeners.all(new Failing(), new Recording("b"));

    listeners.started(Operation.MESSAGES);
    listeners.attempted(Reports.served("key-1"));
    listeners.finished(Reports.completed());

    assertThat(heard).containsExactly("b started", "b attempted", "b finished");
    assertThat(listeners.failures()).isEqualTo(3);
  }

  private final class Recording implements ExchangeListener {

    private final String name;

    Recording(String name) {
      this.name = name;
    }

    @Override
    public void started(Operation operation) {
      heard.add(name + " started");
    }

    @Override
    public void attempted(AttemptReport attempt) {
      heard.add(name + " attempted");
    }

    @Override
    public void finished(ExchangeReport report) {
      heard.add(name + " finished");
    }
  }

  private static final class Failing implements ExchangeListener {

    @Override
    public void started(Operation operation) {
      throw new IllegalStateException("a bug");
    }

    @Override
    public void attempted(AttemptReport attempt) {
      throw new AssertionError("another bug");
    }

    @Override
    public void finished(ExchangeReport report) {
      throw new IllegalStateException("a third");
    }
  }
}
