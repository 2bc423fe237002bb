package dev.forebay.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import dev.forebay.testing.FakeTicker;
import dev.forebay.testing.FakeTimers;
import dev.forebay.testing.RecordingListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A dispatcher between callers and providers that a test plays, in virtual time.
final class Desk {

  final FakeTicker ticker = new FakeTicker();
  final FakeTimers timers = new FakeTimers(ticker);
  final RecordingListener listener = new RecordingListener();
  final WaitingRoom room = new WaitingRoom();
  final List<Sent> sent = new ArrayList<>();
  final Pools pools =
      new Pools(PoolSettings.defaults(), ticker, new SplittableRandom(1), PoolListener.NONE);
  private final Snapshot snapshot;
  private final Dispatcher dispatcher;
  private int requests;

  /// A desk with `keys` keys of one provider, each a limit group.
  Desk(Provider provider, int keys, Duration maxWait, int maxWaiting) {
    Map<String, ProviderKey> all = new LinkedHashMap<>();
    for (int i = 0; i < keys; i++) {
      String id = "key-" + i;
      all.put(
          id,
          new ProviderKey(
              new KeySpec(
                  id, id, provider.id(), KeySpec.ownGroup(id), 5, Long.MAX_VALUE, Set.of(), false),
              Secret.of(id),
              provider,
              Origin.of(provider),
              Source.FILE,
              ""));
    }
    Limits limits = Limits.defaults().with(maxWait, 64).withMaxWaiting(maxWaiting);
    snapshot =
        new Snapshot(
            Workspace.DEFAULT,
            Map.of(),
            all,
            Routes.of(Config.Fallback.NONE, Map.of(), CatalogReader.shipped()),
            CatalogReader.shipped(),
            Settings.DEFAULT.withLimits(limits));
    pools.replace(all.values().stream().map(ProviderKey::spec).toList());
    dispatcher =
        new Dispatcher(
            pools,
            () -> snapshot,
            new Owners(100, pools, ticker),
            new Allowances(ticker),
            room,
            listener,
            (request, answer) -> {
              sent.add(new Sent(request, answer));
              return Sent.CALL;
            },
            timers,
            ticker,
            new SplittableRandom(2));
  }

  /// One attempt on its way, which the test answers.
  record Sent(UpstreamRequest request, Upstream.Answer answer) {

    static final Upstream.Call CALL =
        new Upstream.Call() {
          @Override
          public void pause() {}

          @Override
          public void resume() {}

          @Override
          public void cancel() {}
        };

    /// The id of the key it was sent with.
    String key() {
      return request.headers().stream()
          .filter(value -> value.startsWith("key-"))
          .findFirst()
          .orElseThrow();
    }

    void answers(int status, String body, String... headers) {
      answer.head(status, Desk.headers(headers));
      byte[] bytes = body.getBytes(UTF_8);
      answer.chunk(bytes, 0, bytes.length);
      answer.end();
    }
  }

  /// A caller and what it got.
  static final class Asker implements Caller {

    final StringBuilder body = new StringBuilder();
    int status;
    Map<String, String> headers = Map.of();
    boolean ended;
    boolean over;
    private @Nullable Exchange exchange;

    /// A header that must be there, as a number.
    long number(String name) {
      return Long.parseLong(Objects.requireNonNull(headers.get(name), name));
    }

    void leaves() {
      if (exchange != null) {
        exchange.clientLeft();
      }
    }

    @Override
    public void start(int answered, List<String> named) {
      status = answered;
      headers = paired(named);
    }

    @Override
    public void answer(int answered, List<String> named, List<Slice> whole, long bytes) {
      start(answered, named);
      whole.forEach(slice -> body.append(slice.text()));
      ended = true;
    }

    @Override
    public void write(byte[] array, int offset, int length) {
      body.append(new String(array, offset, length, UTF_8));
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
      ended = true;
    }

    @Override
    public void abort() {
      ended = true;
    }

    @Override
    public void over() {
      over = true;
    }

    private static Map<String, String> paired(List<String> named) {
      Map<String, String> paired = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      for (int i = 0; i < named.size(); i += 2) {
        paired.put(named.get(i), named.get(i + 1));
      }
      return paired;
    }
  }

  static Headers headers(String... named) {
    Map<String, String> all = Asker.paired(List.of(named));
    return new Headers() {
      @Override
      public @Nullable String get(String name) {
        return all.get(name);
      }

      @Override
      public void each(BiConsumer<String, String> action) {
        all.forEach(action);
      }
    };
  }

  /// A POST of JSON by the client of that name.
  Asker post(String client, String path, String json, String... headers) {
    Endpoint endpoint = Endpoints.match("POST", path, null, headers(headers));
    byte[] body = json.getBytes(UTF_8);
    Asker asker = new Asker();
    asker.exchange =
        dispatcher.dispatch(
            new ClientRequest(
                "req-" + ++requests,
                snapshot,
                new ClientKey(client, client, "", Source.FILE, null, null),
                (Endpoint.Found) endpoint,
                "POST",
                headers(headers),
                List.of(Slice.of(body)),
                body.length,
                ticker.nanos()),
            asker);
    return asker;
  }

  /// The latest attempt.
  Sent last() {
    return sent.getLast();
  }
}
