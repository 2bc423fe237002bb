package dev.forebay.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.ClientKey;
import dev.forebay.control.Config;
import dev.forebay.control.ProviderKey;
import dev.forebay.control.Routes;
import dev.forebay.control.Settings;
import dev.forebay.control.Snapshot;
import dev.forebay.control.Source;
import dev.forebay.control.Workspace;
import dev.forebay.control.models.CatalogReader;
import dev.forebay.dialect.Endpoint;
import dev.forebay.dialect.Endpoints;
import dev.forebay.dialect.Provider;
import dev.forebay.dialect.Slice;
import dev.forebay.pool.KeySpec;
import dev.forebay.pool.PoolListener;
import dev.forebay.pool.PoolSettings;
import dev.forebay.pool.Pools;
import dev.forebay.secrets.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// All keys of one provider are throttled in the middle of many conversations, in virtual time:
/// what is not the providers' own time is the gateway's waiting, and there is none.
class FallbackLatencyTest {

  private static final int CONVERSATIONS = 300;
  private static final int TURNS = 8;
  private static final int CLAUDES = 5;
  private static final Duration REFUSAL = Duration.ofMillis(60);
  private static final Duration CLAUDE = Duration.ofMillis(300);
  private static final Duration GPT = Duration.ofMillis(400);
  private static final Duration ANSWER = Duration.ofMillis(900);

  /// From here on every key of Claude's is throttled.
  private static final Duration THROTTLED = Duration.ofSeconds(20);

  /// Until then; each comes back ten seconds after the one before.
  private static final Duration FIRST_BACK = Duration.ofSeconds(40);

  private static final String REQUEST =
      "{\"model\":\"claude-opus-5-5\",\"max_tokens\":50,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
  private static final String[] CLAUDE_STREAM = {
    "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-opus-5-5\",\"content\":[],\"usage\":{\"input_tokens\":9,\"output_tokens\":1}}}\n\n",
    "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"hello\"}}\n\n",
    "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":3}}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"
  };
  private static final String[] GPT_STREAM = {
    "event: response.created\ndata: {\"type\":\"response.created\",\"sequence_number\":0,\"response\":{\"id\":\"resp_1\",\"status\":\"in_progress\",\"model\":\"gpt-6-sol\",\"output\":[]}}\n\n",
    "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"sequence_number\":1,\"item_id\":\"m\",\"output_index\":0,\"content_index\":0,\"delta\":\"hello\"}\n\n",
    "event: response.completed\ndata: {\"type\":\"response.completed\",\"sequence_number\":2,\"response\":{\"id\":\"resp_1\",\"status\":\"completed\",\"model\":\"gpt-6-sol\",\"output\":[],\"usage\":{\"input_tokens\":9,\"output_tokens\":3,\"total_tokens\":12}}}\n\n"
  };

  private final VirtualTime time = new VirtualTime();
  private final SplittableRandom random = new SplittableRandom(7);
  private final Snapshot snapshot = snapshot();
  private final Pools pools =
      new Pools(PoolSettings.defaults(), time, random.split(), PoolListener.NONE);
  private final List<ExchangeReport> reports = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private final Dispatcher dispatcher =
      new Dispatcher(
          pools,
          () -> snapshot,
          new Owners(16, pools, time),
          new Allowances(time),
          new WaitingRoom(),
          new ExchangeListener() {
            @Override
            public void finished(ExchangeReport report) {
              reports.add(report);
            }
          },
          this::send,
          time,
          time,
          random.split());

  private static Snapshot snapshot() {
    Map<String, ProviderKey> keys = new LinkedHashMap<>();
    for (int i = 0; i < CLAUDES; i++) {
      add(keys, Provider.ANTHROPIC, "claude-" + i);
    }
    add(keys, Provider.OPENAI, "gpt-0");
    add(keys, Provider.OPENAI, "gpt-1");
    Config.Fallback fallback =
        new Config.Fallback(
            List.of(), List.of(List.of("claude-opus-5-5", "gpt-6-sol")), false, false);
    return new Snapshot(
        Workspace.DEFAULT,
        Map.of(),
        keys,
        Routes.of(fallback, Map.of(), CatalogReader.shipped()),
        CatalogReader.shipped(),
        Settings.DEFAULT);
  }

  private static void add(Map<String, ProviderKey> keys, Provider provider, String name) {
    KeySpec spec =
        new KeySpec(
            name,
            name,
            provider.id(),
            KeySpec.ownGroup(name),
            5,
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            Set.of(),
            false);
    keys.put(
        name,
        new ProviderKey(spec, Secret.of(name), provider, Origin.of(provider), Source.FILE, ""));
  }

  @BeforeEach
  void fill() {
    pools.replace(snapshot.keys().values().stream().map(ProviderKey::spec).toList());
  }

  /// The providers: a refusal at once, or an answer that takes its time.
  private Upstream.Call send(UpstreamRequest request, Upstream.Answer answer) {
    String key = key(request);
    boolean claude = key.startsWith("claude");
    Duration now = Duration.ofNanos(time.nanos());
    Duration back = back(key);
    if (claude && now.compareTo(THROTTLED) >= 0 && now.compareTo(back) < 0) {
      time.after(
          REFUSAL,
          () -> {
            long seconds = back.minusNanos(time.nanos()).plusMillis(999).toSeconds();
            answer.head(
                429,
                ScriptedHeaders.of(
                    "content-type",
                    "application/json",
                    "retry-after",
                    Long.toString(Math.max(1, seconds))));
            give(
                answer,
                "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"slow down\"}}");
            answer.end();
          });
    } else {
      String[] stream = claude ? CLAUDE_STREAM : GPT_STREAM;
      Duration first = claude ? CLAUDE : GPT;
      time.after(
          first.dividedBy(2),
          () -> {
            answer.head(200, ScriptedHeaders.of("content-type", "text/event-stream"));
            give(answer, stream[0]);
          });
      time.after(first, () -> give(answer, stream[1]));
      time.after(
          ANSWER,
          () -> {
            give(answer, stream[2]);
            answer.end();
          });
    }
    return new Upstream.Call() {
      @Override
      public void pause() {}

      @Override
      public void resume() {}

      @Override
      public void cancel() {}
    };
  }

  private static Duration back(String key) {
    return FIRST_BACK.plusSeconds(10L * (key.charAt(key.length() - 1) - '0'));
  }

  private static String key(UpstreamRequest request) {
    String found = null;
    for (int i = 0; i < request.headers().size(); i += 2) {
      String name = request.headers().get(i);
      if (name.equalsIgnoreCase("authorization") || name.equalsIgnoreCase("x-api-key")) {
        found = request.headers().get(i + 1).replace("Bearer ", "");
      }
    }
    return Objects.requireNonNull(found);
  }

  private static void give(Upstream.Answer answer, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    answer.chunk(bytes, 0, bytes.length);
  }

  private void turn(int conversation, int left) {
    byte[] body = REQUEST.replace("hi", "hi " + conversation).getBytes(UTF_8);
    Headers headers =
        ScriptedHeaders.of("content-type", "application/json", "anthropic-version", "2023-06-01");
    Endpoint.Found endpoint =
        (Endpoint.Found) Endpoints.match("POST", "/v1/messages", null, headers);
    dispatcher.dispatch(
        new ClientRequest(
            "req",
            snapshot,
            new ClientKey("c", "laptop", "cdef", Source.FILE),
            endpoint,
            "POST",
            headers,
            List.of(Slice.of(body)),
            body.length,
            time.nanos()),
        new Reader(() -> {
          if (left > 1) {
            time.after(
                Duration.ofMillis(2_000 + random.nextInt(8_000)),
                () -> turn(conversation, left - 1));
          }
        }));
  }

  /// Reads its answer and takes the next turn.
  private final class Reader implements Caller {
    private final StringBuilder text = new StringBuilder();
    private final Runnable next;

    private Reader(Runnable next) {
      this.next = next;
    }

    @Override
    public void start(int status, List<String> headers) {
      if (status != 200) {
        errors.add("status " + status);
      }
    }

    @Override
    public void answer(int status, List<String> headers, List<Slice> body, long bodyBytes) {
      errors.add("status " + status + ": " + Slice.joined(body).text());
    }

    @Override
    public void write(byte[] array, int offset, int length) {
      text.append(new String(array, offset, length, UTF_8));
    }

    @Override
    public boolean congested() {
      return false;
    }

    @Override
    public void whenWritable(Runnable action) {
      action.run();
    }

    @Override
    public void end() {
      if (!text.toString().startsWith("event: message_start")
          || !text.toString().contains("\"text\":\"hello\"")
          || !text.toString().contains("event: message_stop")) {
        errors.add(text.toString());
      }
    }

    @Override
    public void abort() {
      errors.add("aborted");
    }

    @Override
    public void over() {
      next.run();
    }
  }

  @Test
  void nobodyWaitsForMoreThanTheProvidersOwnTime() {
    for (int i = 0; i < CONVERSATIONS; i++) {
      int conversation = i;
      time.at(Duration.ofMillis(random.nextInt(30_000)), () -> turn(conversation, TURNS));
    }
    time.run();

    assertThat(errors).isEmpty();
    assertThat(reports).hasSize(CONVERSATIONS * TURNS);
    for (ExchangeReport report : reports) {
      long providers = report.attempts().stream().mapToLong(AttemptReport::latencyNanos).sum();
      assertThat(report.firstContentNanos()).as("%s", report.attempts()).isEqualTo(providers);
    }
    // A key's first refusal is learned from: all but those that were on their way go past it.
    long refused =
        reports.stream()
            .flatMap(report -> report.attempts().stream())
            .filter(attempt -> attempt.status() == 429)
            .count();
    long served = reports.stream().filter(report -> "openai".equals(report.provider())).count();
    assertThat(served).isGreaterThan(CONVERSATIONS);
    assertThat(refused).isLessThan(served / 10);
    assertThat(firstWord("openai", 1)).allMatch(latency -> latency == GPT.toNanos());
  }

  @Test
  void trafficReturnsWithTheFirstKeyThatRecovers() {
    for (int i = 0; i < CONVERSATIONS; i++) {
      int conversation = i;
      time.at(Duration.ofMillis(random.nextInt(30_000)), () -> turn(conversation, TURNS));
    }
    time.run();

    Duration allowed = Duration.ofSeconds(2);
    assertThat(first("openai")).isBetween(THROTTLED, THROTTLED.plus(allowed));
    assertThat(
            reports.stream()
                .filter(report -> "claude-0".equals(report.keyId()))
                .map(FallbackLatencyTest.this::begun)
                .filter(begun -> begun.compareTo(FIRST_BACK) > 0)
                .min(Duration::compareTo))
        .hasValueSatisfying(
            begun -> assertThat(begun).isLessThan(FIRST_BACK.plus(Duration.ofSeconds(5))));
    // One key of five is enough for all that comes: within seconds everything is Claude's again.
    Duration settled = FIRST_BACK.plus(Duration.ofSeconds(9));
    assertThat(reports)
        .filteredOn(report -> begun(report).compareTo(settled) > 0)
        .isNotEmpty()
        .extracting(ExchangeReport::provider)
        .containsOnly("anthropic");
  }

  private Duration begun(ExchangeReport report) {
    return Duration.between(java.time.Instant.parse("2026-11-23T12:00:00Z"), report.startedAt());
  }

  private Duration first(String provider) {
    return reports.stream()
        .filter(report -> provider.equals(report.provider()))
        .map(this::begun)
        .min(Duration::compareTo)
        .orElseThrow();
  }

  private List<Long> firstWord(@Nullable String provider, int attempts) {
    return reports.stream()
        .filter(report -> Objects.equals(provider, report.provider()))
        .filter(report -> report.attempts().size() == attempts)
        .map(ExchangeReport::firstContentNanos)
        .toList();
  }
}
