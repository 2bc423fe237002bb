package dev.forebay.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Provider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Callers take turns, whichever of their conversations have a home. In virtual time.
class FairWaitingTest {

  private static final Duration STEP = Duration.ofMillis(20);

  private final Map<String, List<Desk.Asker>> askers = new LinkedHashMap<>();

  /// A provider that grants every key `perMinute` requests or input tokens, and says what is left.
  private static final class Quota {
    private final Desk desk;
    private final String axis;
    private final long perMinute;
    private final Map<String, Double> left = new LinkedHashMap<>();
    private int answered;
    private int refused;

    Quota(Desk desk, String axis, long perMinute) {
      this.desk = desk;
      this.axis = axis;
      this.perMinute = perMinute;
    }

    void advance(Duration by) {
      for (long done = 0; done < by.toNanos(); done += STEP.toNanos()) {
        desk.timers.advance(STEP);
        left.replaceAll(
            (key, rest) -> Math.min(perMinute, rest + perMinute * (STEP.toNanos() / 60e9)));
        answer();
      }
    }

    void answer() {
      while (answered < desk.sent.size()) {
        Desk.Sent sent = desk.sent.get(answered++);
        long tokens = sent.request().bodyBytes() / 4;
        long cost = axis.equals("requests") ? 1 : tokens;
        String key = sent.key();
        double before = left.getOrDefault(key, (double) perMinute);
        boolean granted = before >= cost;
        double rest = granted ? before - cost : before;
        left.put(key, rest);
        String name = "anthropic-ratelimit-" + axis;
        Duration until = Duration.ofMillis((long) ((perMinute - rest) * 60_000 / perMinute));
        sent.answers(
            granted ? 200 : 429,
            granted
                ? "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[],"
                    + "\"usage\":{\"input_tokens\":"
                    + tokens
                    + ",\"output_tokens\":3}}"
                : "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"\"}}",
            "content-type",
            "application/json",
            name + "-limit",
            Long.toString(perMinute),
            name + "-remaining",
            Long.toString((long) rest),
            name + "-reset",
            desk.ticker.now().plus(until).toString());
        refused += granted ? 0 : 1;
        desk.timers.advance(Duration.ZERO);
      }
    }
  }

  private Desk.Asker ask(Desk desk, String client, String topic, int tokens) {
    Desk.Asker asker =
        desk.post(
            client,
            "/v1/messages",
            "{\"model\":\"claude-opus-5-5\",\"max_tokens\":50,\"messages\":[{\"role\":\"user\","
                + "\"content\":\""
                + topic
                + " why".repeat(tokens)
                + "\"}]}");
    askers.computeIfAbsent(client, _ -> new ArrayList<>()).add(asker);
    return asker;
  }

  private List<Integer> served() {
    return askers.values().stream()
        .map(own -> (int) own.stream().filter(asker -> asker.status == 200).count())
        .toList();
  }

  private static int spread(Collection<Integer> counts) {
    return Collections.max(counts) - Collections.min(counts);
  }

  /// Keys of sixty requests a minute have none left, and conversations of "homed" live there.
  private Quota drained(Desk desk, int conversations) {
    Quota quota = new Quota(desk, "requests", 60);
    Desk.Asker last;
    int asked = 0;
    do {
      last = ask(desk, "homed", "topic " + asked++ % conversations, 10);
      quota.answer();
    } while (last.status == 200);
    assertThat(last.status).isZero();
    assertThat(asked).isGreaterThan(3 * conversations);
    last.leaves();
    askers.clear();
    return quota;
  }

  private void askNewOnes(Desk desk, int each) {
    for (int turn = 0; turn < each; turn++) {
      for (int client = 1; client <= 5; client++) {
        ask(desk, "client " + client, "turn " + turn + " of " + client, 10);
      }
    }
  }

  private void askHomedOnes(Desk desk, int conversations) {
    for (int i = 0; i < conversations; i++) {
      ask(desk, "homed", "topic " + i, 10);
    }
  }

  /// At the end of each of so many stretches nobody is more than a turn ahead.
  private void assertEvenFor(Quota quota, int stretches, Duration each) {
    for (int stretch = 0; stretch < stretches; stretch++) {
      quota.advance(each);
      assertThat(spread(served())).as(askers.keySet() + " had " + served()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void whoComesLastWithKnownConversationsGetsNoMoreThanTheOthers() {
    Desk desk = new Desk(Provider.ANTHROPIC, 1, Duration.ofSeconds(60), 100);
    Quota quota = drained(desk, 15);
    askNewOnes(desk, 6);
    askHomedOnes(desk, 15);

    assertEvenFor(quota, 7, Duration.ofSeconds(5));

    assertThat(served().stream().mapToInt(Integer::intValue).sum()).isBetween(33, 38);
    assertThat(quota.refused).isZero();
  }

  @Test
  void whoComesFirstWithKnownConversationsGetsNoLessThanTheOthers() {
    Desk desk = new Desk(Provider.ANTHROPIC, 1, Duration.ofSeconds(60), 100);
    Quota quota = drained(desk, 15);
    askHomedOnes(desk, 15);
    askNewOnes(desk, 6);

    assertEvenFor(quota, 7, Duration.ofSeconds(5));
  }

  @Test
  void homesInManyGroupsAreNoMoreThanAnyOtherRequest() {
    Desk desk = new Desk(Provider.ANTHROPIC, 4, Duration.ofSeconds(60), 200);
    Quota quota = drained(desk, 60);
    askNewOnes(desk, 20);
    askHomedOnes(desk, 60);

    assertEvenFor(quota, 5, Duration.ofSeconds(3));

    assertThat(served().stream().mapToInt(Integer::intValue).sum()).isGreaterThan(56);
    assertThat(quota.refused).isZero();
  }

  @Test
  void aLargeNewRequestIsServedThoughOthersGoOnWithSmallOnes() {
    Desk desk = new Desk(Provider.ANTHROPIC, 1, Duration.ofSeconds(60), 100);
    Quota quota = new Quota(desk, "input-tokens", 60_000);
    Map<String, Desk.Asker> small = new LinkedHashMap<>();
    for (int i = 0; i < 6; i++) {
      small.put("topic " + i, ask(desk, "busy", "topic " + i, 1_500));
    }
    for (int second = 0; second < 40; second++) {
      goOn(desk, quota, small);
    }
    long before =
        askers.values().stream().flatMap(List::stream).filter(a -> a.status == 200).count();
    assertThat(desk.room.waiting()).isPositive();

    Desk.Asker large = ask(desk, "calm", "everything", 25_000);
    int waited = 0;
    while (large.status == 0) {
      goOn(desk, quota, small);
      waited++;
    }

    assertThat(large.status).as("after " + waited + " s").isEqualTo(200);
    assertThat(waited).isBetween(20, 35);
    for (int second = 0; second < 10; second++) {
      goOn(desk, quota, small);
    }
    assertThat(served().getFirst()).isGreaterThan((int) before + 4);
    assertThat(small.values()).extracting(asker -> asker.status).isSubsetOf(0, 200);
    assertThat(quota.refused).isZero();
  }

  /// One second, in which who has an answer asks again.
  private void goOn(Desk desk, Quota quota, Map<String, Desk.Asker> small) {
    for (int tenth = 0; tenth < 10; tenth++) {
      quota.advance(Duration.ofMillis(100));
      small.replaceAll(
          (topic, asker) -> asker.status == 0 ? asker : ask(desk, "busy", topic, 1_500));
    }
  }
}
