package dev.forebay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.simulator.Fault;
import dev.forebay.simulator.RateLimitKind;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ConsoleFeedTest {

  private final ConsoleFixture console = new ConsoleFixture();

  @AfterEach
  void stop() {
    console.close();
  }

  private record Event(String name, JsonObject data) {}

  /// Events of the feed, one after the other.
  private static final class Events implements AutoCloseable {
    private final Stream<String> stream;
    private final Iterator<String> lines;

    Events(Browser browser, String topics) throws Exception {
      stream = browser.follow(topics).body();
      lines = stream.iterator();
    }

    /// The next event.
    Event next() {
      while (lines.hasNext()) {
        String line = lines.next();
        if (line.startsWith("event: ")) {
          return new Event(
              line.substring("event: ".length()),
              new JsonObject(lines.next().substring("data: ".length())));
        }
      }
      throw new AssertionError("the feed ended");
    }

    /// The next event of this name; those of other names are passed over.
    JsonObject next(String name) {
      Event event = next();
      while (!event.name().equals(name)) {
        event = next();
      }
      return event.data();
    }

    boolean ends() {
      while (lines.hasNext()) {
        lines.next();
      }
      return true;
    }

    @Override
    public void close() {
      stream.close();
    }
  }

  @Test
  void beginsWithThePictureAndTellsWhatChanges() throws Exception {
    Browser owner = console.owner();
    try (Events events = new Events(owner, "pool,requests")) {
      JsonObject pool = events.next("pool");
      assertThat(pool.getJsonArray("keys")).hasSize(1);
      assertThat(pool.getJsonObject("counts").getInteger("healthy")).isEqualTo(1);

      console.chat();
      // The order of the two depends on where the second ends.
      JsonObject request = null;
      boolean traffic = false;
      while (request == null || !traffic) {
        Event event = events.next();
        if (event.name().equals("request")) {
          request = event.data();
        } else if (event.name().equals("traffic")) {
          traffic |= !event.data().getJsonObject("tokens").isEmpty();
        }
      }
      assertThat(request.getString("keyName")).isEqualTo("a");
      assertThat(events.next("beat").getString("at")).isNotEmpty();
    }
  }

  @Test
  void aChangeOfStateComesWithinASecond() throws Exception {
    Browser owner = console.owner();
    console.simulator.script(
        "sk-test-a-0123456789", Fault.rateLimited(RateLimitKind.OPENAI_INSUFFICIENT_QUOTA));
    try (Events events = new Events(owner, "pool")) {
      events.next("pool");
      long before = System.nanoTime();
      console.chat();
      JsonObject state = events.next("state");
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
      assertThat(state.getString("keyName")).isEqualTo("a");
      assertThat(state.getString("from")).isEqualTo("healthy");
      assertThat(state.getString("to")).isEqualTo("throttled");
      JsonObject keys = events.next("keys");
      while (keys.getJsonArray("keys").isEmpty()) {
        keys = events.next("keys");
      }
      assertThat(keys.getJsonObject("counts").getInteger("throttled")).isEqualTo(1);
    }
  }

  @Test
  void tellsPagesWhatSomebodyElseEdited() throws Exception {
    Browser owner = console.owner();
    try (Events events = new Events(owner, "pool")) {
      events.next("pool");
      owner.post("/client-keys", new JsonObject().put("name", "phone"));
      assertThat(events.next("config").getString("what")).isEqualTo("client-keys");
    }
  }

  @Test
  void endsWithTheSession() throws Exception {
    Browser owner = console.owner();
    try (Events events = new Events(owner, "pool")) {
      events.next("pool");
      assertThat(owner.delete("/session").status()).isEqualTo(204);
      assertThat(events.ends()).isTrue();
    }
  }

  @Test
  void membersGetNothingOfThePool() throws Exception {
    Browser owner = console.owner();
    Browser member = owner.invited("member@example.org", "member", "the member's password");
    try (Events events = new Events(member, "pool,requests")) {
      console.chat();
      owner.post("/client-keys", new JsonObject().put("name", "phone"));
      // The first event there is: neither a picture of the pool nor somebody else's request.
      String first = events.lines.next();
      while (!first.startsWith("event: ")) {
        first = events.lines.next();
      }
      assertThat(first).isIn("event: config", "event: beat");
    }
  }

  @Test
  void onlySoManyMayFollow() throws Exception {
    Browser owner = console.owner();
    Events[] all = new Events[64];
    for (int i = 0; i < all.length; i++) {
      all[i] = new Events(owner, "none");
    }
    assertThat(owner.get("/events").status()).isEqualTo(503);
    for (Events events : all) {
      events.close();
    }
  }
}
