package dev.forebay.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Provider;
import dev.forebay.pool.KeySpec;
import dev.forebay.pool.Shortfall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WaitingTest {

  private static final String PATH = "/v1/messages";
  private static final String MESSAGE =
      "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[],"
          + "\"usage\":{\"input_tokens\":9,\"output_tokens\":3}}";
  private static final String THROTTLED =
      "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"slow down\"}}";
  private static final String[] JSON = {"content-type", "application/json"};

  private static String request(boolean stream) {
    return "{\"model\":\"claude-opus-5-5\",\"max_tokens\":50,\"stream\":"
        + stream
        + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
  }

  private static Desk.Asker ask(Desk desk, String client) {
    return desk.post(client, PATH, request(false));
  }

  /// All keys cool for `seconds`, and one request waits.
  private static Desk.Asker throttled(Desk desk, int seconds, boolean stream) {
    Desk.Asker asker = desk.post("first", PATH, request(stream));
    int before = -1;
    while (before != desk.sent.size()) {
      before = desk.sent.size();
      desk.last()
          .answers(
              429,
              THROTTLED,
              "content-type",
              "application/json",
              "retry-after",
              Integer.toString(seconds));
    }
    return asker;
  }

  @Test
  void whoWaitsIsServedWhenTheFirstKeyComesBack() throws Exception {
    Desk desk = new Desk(Provider.ANTHROPIC, 2, Duration.ofSeconds(30), 10);
    Desk.Asker asker = throttled(desk, 5, false);
    assertThat(desk.room.waiting()).isEqualTo(1);
    assertThat(asker.status).isZero();

    desk.timers.advance(Duration.ofSeconds(7));
    desk.last().answers(200, MESSAGE, JSON);

    assertThat(asker.status).isEqualTo(200);
    assertThat(asker.number("x-forebay-waited")).isBetween(5_000L, 7_000L);
    assertThat(desk.room.waiting()).isZero();
    Waited waited = Objects.requireNonNull(desk.listener.next().waited());
    assertThat(Duration.ofNanos(waited.nanos()))
        .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(7));
    assertThat(waited.ahead()).isZero();
  }

  @Test
  void newcomersDoNotOvertakeThoseWhoWait() {
    Desk desk = new Desk(Provider.ANTHROPIC, 1, Duration.ofSeconds(30), 10);
    throttled(desk, 5, false);
    int attempts = desk.sent.size();
    List<Desk.Asker> others = new ArrayList<>();
    for (String client : List.of("busy", "busy", "calm")) {
      others.add(ask(desk, client));
    }
    assertThat(desk.sent).hasSize(attempts);

    // The one trial of the key that cooled off.
    desk.timers.advance(Duration.ofSeconds(7));
    assertThat(desk.sent).hasSize(attempts + 1);
    desk.last().answers(200, MESSAGE, JSON);
    desk.timers.advance(Duration.ofMillis(1));

    // It is open: all the others go, in turn.
    assertThat(desk.sent).hasSize(attempts + 4);
    for (int i = attempts + 1; i < desk.sent.size(); i++) {
      desk.sent.get(i).answers(200, MESSAGE, JSON);
    }
    assertThat(others).allMatch(asker -> asker.status == 200);
    assertThat(desk.room.waiting()).isZero();
  }

  @Test
  void aFullRoomRefusesAtOnceAndSaysWhen() {
    Desk desk = new Desk(Provider.ANTHROPIC, 1, Duration.ofSeconds(30), 2);
    throttled(desk, 20, false);
    ask(desk, "second");

    Desk.Asker refused = ask(desk, "third");

    assertThat(refused.status).isEqualTo(429);
    assertThat(refused.number("retry-after")).isBetween(20L, 23L);
    assertThat(refused.body).contains("As many requests as may wait");
    assertThat(desk.room.waiting()).isEqualTo(2);
  }

  @Test
  void aClientThatLeavesFreesItsPlaceAtOnce() {
    Desk desk = new Desk(Provider.ANTHROPIC, 1, Duration.ofSeconds(30), 2);
    Desk.Asker first = throttled(desk, 20, false);
    ask(desk, "second");

    first.leaves();

    assertThat(desk.room.waiting()).isEqualTo(1);
    assertThat(ask(desk, "third").status).isZero();
    desk.timers.advance(Duration.ofSeconds(25));
    desk.last().answers(200, MESSAGE, JSON);
    assertThat(first.status).isZero();
  }

  @Test
  void patienceEndsWithATrueRetryAfter() {
    Desk desk = new Desk(Provider.ANTHROPIC, 1, Duration.ofSeconds(10), 10);
    throttled(desk, 8, false);
    Desk.Asker behind = ask(desk, "behind");
    desk.timers.advance(Duration.ofSeconds(9));
    // The trial goes wrong: the key cools for longer than anybody waits.
    desk.last().answers(429, THROTTLED, "content-type", "application/json", "retry-after", "30");
    desk.timers.advance(Duration.ofSeconds(2));

    assertThat(behind.status).isEqualTo(429);
    assertThat(behind.number("retry-after")).isBetween(25L, 34L);
    assertThat(desk.room.waiting()).isZero();
  }

  @Test
  void nobodyWaitsForAKeyThatIsDueTooLate() {
    Desk desk = new Desk(Provider.ANTHROPIC, 1, Duration.ofSeconds(10), 10);
    Desk.Asker asker = throttled(desk, 60, false);

    assertThat(asker.status).isEqualTo(429);
    assertThat(desk.room.waiting()).isZero();
  }

  @Test
  void whoIsRefusedIsToldWhatStoodInTheWayOfEachGroup() throws Exception {
    Desk desk = new Desk(Provider.ANTHROPIC, 2, Duration.ofSeconds(10), 10);
    throttled(desk, 60, false);

    List<Shortfall> shortfalls = desk.listener.next().shortfalls();
    assertThat(shortfalls)
        .extracting(Shortfall::group)
        .containsExactlyInAnyOrder(KeySpec.ownGroup("key-0"), KeySpec.ownGroup("key-1"));
    assertThat(shortfalls).isSortedAccordingTo(Comparator.comparing(WaitingTest::end));
    for (Shortfall one : shortfalls) {
      assertThat(one.model()).isEqualTo("claude-opus-5-5");
      assertThat(one.reason()).isNotEmpty();
      Duration left = Duration.between(desk.ticker.now(), end(one));
      assertThat(left).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(63));
    }
  }

  private static Instant end(Shortfall one) {
    return Objects.requireNonNull(one.until());
  }

  @Test
  void aStreamHearsThatItStillWaits() {
    Desk desk = new Desk(Provider.ANTHROPIC, 1, Duration.ofSeconds(60), 10);
    Desk.Asker asker = throttled(desk, 25, true);
    desk.timers.advance(Duration.ofSeconds(9));
    assertThat(asker.status).isZero();

    desk.timers.advance(Duration.ofSeconds(12));
    assertThat(asker.status).isEqualTo(200);
    assertThat(asker.headers).containsEntry("content-type", "text/event-stream; charset=utf-8");
    assertThat(asker.body.toString())
        .isEqualTo("event: ping\ndata: {\"type\": \"ping\"}\n\n".repeat(2));

    desk.timers.advance(Duration.ofSeconds(8));
    String stream =
        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\"}}\n\n"
            + "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
            + "\"delta\":{\"type\":\"text_delta\",\"text\":\"hello\"}}\n\n"
            + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
    desk.last().answers(200, stream, "content-type", "text/event-stream");
    assertThat(asker.body).endsWith(stream);
    assertThat(asker.ended).isTrue();
  }

  @Test
  void aStreamThatWaitedInVainEndsWithAnErrorOfItsDialect() {
    Desk desk = new Desk(Provider.ANTHROPIC, 1, Duration.ofSeconds(40), 10);
    Desk.Asker asker = throttled(desk, 30, true);
    desk.timers.advance(Duration.ofSeconds(34));
    assertThat(asker.status).isEqualTo(200);
    desk.last().answers(429, THROTTLED, "content-type", "application/json", "retry-after", "600");

    assertThat(asker.body.toString())
        .contains(
            "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\"");
    assertThat(asker.ended).isTrue();
    assertThat(desk.room.waiting()).isZero();
  }

  @Test
  void anAnswerThatIsNoStreamHearsNothingBeforeItsStatus() {
    Desk desk = new Desk(Provider.ANTHROPIC, 1, Duration.ofSeconds(60), 10);
    Desk.Asker asker = throttled(desk, 25, false);

    desk.timers.advance(Duration.ofSeconds(24));

    assertThat(asker.status).isZero();
    assertThat(asker.body).isEmpty();
  }

  /// What Anthropic says is left of the input tokens, of sixty thousand a minute.
  private static String[] left(Desk desk, long tokens) {
    return new String[] {
      "content-type",
      "application/json",
      "anthropic-ratelimit-input-tokens-limit",
      "60000",
      "anthropic-ratelimit-input-tokens-remaining",
      Long.toString(tokens),
      "anthropic-ratelimit-input-tokens-reset",
      desk.ticker.now().plusSeconds(60 - tokens / 1_000).toString()
    };
  }

  /// About so many tokens of one turn.
  private static String question(String topic, int tokens) {
    return "{\"model\":\"claude-opus-5-5\",\"max_tokens\":50,\"messages\":[{\"role\":\"user\",\"content\":\""
        + topic
        + " why".repeat(tokens)
        + "\"}]}";
  }

  @Test
  void aFullRoomSaysWhenThisRequestFitsAndNotWhenALesserOneWould() {
    Desk desk = new Desk(Provider.ANTHROPIC, 1, Duration.ofSeconds(50), 1);
    ask(desk, "first");
    desk.last().answers(200, MESSAGE, left(desk, 0));
    desk.post("first", PATH, question("one", 30_000));
    assertThat(desk.room.waiting()).isEqualTo(1);

    Desk.Asker refused = desk.post("second", PATH, question("two", 30_000));

    assertThat(refused.status).isEqualTo(429);
    assertThat(refused.body).contains("As many requests as may wait");
    assertThat(refused.number("retry-after")).isBetween(20L, 50L);
  }

  /// A thousand tokens a second are refilled: one of these fits every ten seconds.
  @Test
  void aFullRoomSaysWhenThoseInItHaveHadTheirTurns() {
    Desk desk = new Desk(Provider.ANTHROPIC, 1, Duration.ofSeconds(200), 8);
    ask(desk, "first");
    desk.last().answers(200, MESSAGE, left(desk, 0));
    int asked = desk.sent.size();
    for (int i = 0; i < 8; i++) {
      desk.post("first", PATH, question("topic " + i, 10_000));
    }
    while (desk.sent.size() < asked + 4) {
      int before = desk.sent.size();
      desk.timers.advance(Duration.ofSeconds(1));
      if (desk.sent.size() > before) {
        desk.post("first", PATH, question("another " + before, 10_000));
      }
    }
    assertThat(desk.room.waiting()).isEqualTo(8);

    Desk.Asker refused = desk.post("first", PATH, question("one too many", 10_000));

    assertThat(refused.status).isEqualTo(429);
    assertThat(refused.number("retry-after")).isBetween(60L, 100L);
  }

  @Test
  void whoWaitedInVainHearsHowManyWait() {
    Desk desk = new Desk(Provider.ANTHROPIC, 1, Duration.ofSeconds(30), 8);
    ask(desk, "first");
    desk.last().answers(200, MESSAGE, left(desk, 0));
    desk.post("first", PATH, question("one", 20_000));
    List<Desk.Asker> behind = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      behind.add(desk.post("first", PATH, question("topic " + i, 20_000)));
    }

    desk.timers.advance(Duration.ofSeconds(31));

    assertThat(behind).extracting(asker -> asker.status).containsOnly(429);
    assertThat(behind.getFirst().body).contains("2 requests wait for a key.");
    assertThat(behind.getLast().body).doesNotContain("for a key.");
  }

  @Test
  void whoHasThePlacesGivesOneToWhoHasNone() {
    Desk desk = new Desk(Provider.ANTHROPIC, 1, Duration.ofSeconds(30), 3);
    Desk.Asker first = throttled(desk, 5, false);
    Desk.Asker second = ask(desk, "first");
    Desk.Asker third = ask(desk, "first");

    Desk.Asker calm = ask(desk, "calm");
    desk.timers.advance(Duration.ZERO);

    assertThat(third.status).isEqualTo(429);
    assertThat(third.number("retry-after")).isBetween(5L, 8L);
    assertThat(List.of(first.status, second.status, calm.status)).containsOnly(0);
    assertThat(desk.room.waiting()).isEqualTo(3);
  }

  @Test
  void whoWaitsForItsHomeIsNotHeldUpByThoseWhoWaitForAny() {
    Desk desk = new Desk(Provider.ANTHROPIC, 2, Duration.ofSeconds(50), 10);
    ask(desk, "agent");
    String home = desk.last().key();
    desk.last().answers(200, MESSAGE, left(desk, 0));
    desk.post("others", PATH, question("a short one", 10));
    assertThat(desk.last().key()).isNotEqualTo(home);
    desk.last().answers(200, MESSAGE, left(desk, 0));
    desk.post("others", PATH, question("a long one", 30_000));
    assertThat(desk.room.waiting()).isEqualTo(1);
    int attempts = desk.sent.size();

    Desk.Asker agent = ask(desk, "agent");
    desk.timers.advance(Duration.ofSeconds(2));

    assertThat(desk.sent).hasSize(attempts + 1);
    assertThat(desk.last().key()).isEqualTo(home);
    desk.last().answers(200, MESSAGE, JSON);
    assertThat(agent.status).isEqualTo(200);
    assertThat(desk.room.waiting()).isEqualTo(1);
  }

  @Test
  void whoseHomeIsFullDoesNotTakeWhatOthersWaitForWhenItsPatienceEnds() {
    Desk desk = new Desk(Provider.ANTHROPIC, 2, Duration.ofSeconds(3), 10);
    String cached =
        MESSAGE.replace(
            "\"input_tokens\":9", "\"input_tokens\":4000,\"cache_read_input_tokens\":16000");
    String question = question("a long one", 20_000);
    for (int turn = 0; turn < 40; turn++) {
      desk.post("agent", PATH, question);
      desk.last().answers(200, cached, JSON);
    }
    desk.post("agent", PATH, question);
    String home = desk.last().key();
    desk.last().answers(200, cached, left(desk, 0));
    desk.post("others", PATH, question("a short one", 10));
    assertThat(desk.last().key()).isNotEqualTo(home);
    desk.last().answers(200, MESSAGE, left(desk, 40_000));
    int attempts = desk.sent.size();

    Desk.Asker waits = desk.post("others", PATH, question("the longest", 42_000));
    Desk.Asker agent = desk.post("agent", PATH, question);

    assertThat(desk.room.waiting()).isEqualTo(1);
    assertThat(desk.sent).hasSize(attempts);
    assertThat(agent.status).isEqualTo(429);
    assertThat(agent.number("retry-after")).isBetween(3L, 6L);
    waits.leaves();
    desk.post("agent", PATH, question);
    assertThat(desk.sent).hasSize(attempts + 1);
    assertThat(desk.last().key()).isNotEqualTo(home);
  }

  @Test
  void everyDialectHearsInItsOwnWayThatItStillWaits() {
    String limited =
        "{\"error\":{\"message\":\"Rate limit reached\",\"type\":\"requests\","
            + "\"code\":\"rate_limit_exceeded\"}}";
    for (String path : List.of("/v1/chat/completions", "/v1/responses")) {
      Desk desk = new Desk(Provider.OPENAI, 1, Duration.ofSeconds(60), 10);
      Desk.Asker asker =
          desk.post(
              "first",
              path,
              "{\"model\":\"gpt-6-sol\",\"stream\":true,\"input\":\"hi\",\"messages\":[]}");
      desk.last().answers(429, limited, "content-type", "application/json", "retry-after", "25");
      desk.timers.advance(Duration.ofSeconds(21));

      assertThat(asker.status).as(path).isEqualTo(200);
      assertThat(asker.body).as(path).hasToString(": waiting\n\n".repeat(2));
    }
    // Readers of Gemini's streams take nothing but answers.
    Desk desk = new Desk(Provider.GEMINI, 1, Duration.ofSeconds(60), 10);
    Desk.Asker asker =
        desk.post(
            "first",
            "/v1beta/models/gemini-3.8-flash:streamGenerateContent",
            "{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]}");
    desk.last()
        .answers(
            429,
            "{\"error\":{\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\",\"message\":\"Please retry in 25s.\"}}",
            JSON);
    desk.timers.advance(Duration.ofSeconds(21));
    assertThat(desk.room.waiting()).isEqualTo(1);
    assertThat(asker.status).isZero();
    assertThat(asker.body).isEmpty();
  }
}
