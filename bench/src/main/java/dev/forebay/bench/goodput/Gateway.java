package dev.forebay.bench.goodput;

import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Provider;
import dev.forebay.dialect.Slice;
import dev.forebay.exchange.Allowances;
import dev.forebay.exchange.CacheKeys;
import dev.forebay.exchange.Capacity;
import dev.forebay.exchange.ClientRequest;
import dev.forebay.exchange.Credential;
import dev.forebay.exchange.Directory;
import dev.forebay.exchange.Dispatcher;
import dev.forebay.exchange.ExchangeListener;
import dev.forebay.exchange.Headers;
import dev.forebay.exchange.Limits;
import dev.forebay.exchange.Offer;
import dev.forebay.exchange.Origin;
import dev.forebay.exchange.Owners;
import dev.forebay.exchange.Route;
import dev.forebay.exchange.StandIns;
import dev.forebay.exchange.Target;
import dev.forebay.exchange.Upstream;
import dev.forebay.exchange.UpstreamKey;
import dev.forebay.exchange.UpstreamRequest;
import dev.forebay.exchange.WaitingRoom;
import dev.forebay.pool.KeySpec;
import dev.forebay.pool.PoolListener;
import dev.forebay.pool.PoolSettings;
import dev.forebay.pool.Pools;
import dev.forebay.prices.Price;
import dev.forebay.prices.Rates;
import dev.forebay.secrets.Secret;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Forebay's own dispatcher and pool, as they ship, between the clients and the world.
///
/// Nothing of it is modelled: clients' requests are JSON of their true size, what comes back are
/// the providers' headers and events, and time and timers are the ports' own.
final class Gateway implements Contender {

  private static final String SECRET = "sk-test-key-";
  private static final Price PRICE = Price.flat(Rates.ofText(2_000, 200, 2_500, 4_000, 10_000));

  private final World world;
  private final Flavour flavour;
  private final RequestBodies requests;
  private final ProviderAnswers answers;
  private final AnswerBodies bodies;
  private final Pools pools;
  private final Dispatcher dispatcher;
  private final Directory directory = new Configuration();
  private final List<UpstreamKey> keys = new ArrayList<>();
  private final Map<Integer, Job> jobs = new HashMap<>();
  private final Map<Integer, List<Integer>> conversations = new HashMap<>();

  Gateway(World world, long seed) {
    this.world = world;
    this.flavour = world.workload.flavour();
    this.requests = new RequestBodies(flavour);
    this.answers = new ProviderAnswers(flavour, world.time);
    this.bodies = new AnswerBodies(flavour);
    SplittableRandom random = new SplittableRandom(seed);
    this.pools = new Pools(PoolSettings.defaults(), world.time, random.split(), PoolListener.NONE);
    List<KeySpec> specs = new ArrayList<>();
    for (int key = 0; key < world.workload.keys(); key++) {
      specs.add(spec(key));
      Origin origin = Origin.of(flavour.provider);
      Secret secret = Secret.of(SECRET + key);
      keys.add(new Key(origin, new Credential.ApiKey(secret)));
    }
    pools.replace(specs);
    this.dispatcher =
        new Dispatcher(
            pools,
            () -> directory,
            new Owners(1_000, pools, world.time),
            new Allowances(world.time),
            new WaitingRoom(),
            ExchangeListener.NONE,
            this::send,
            world.time,
            world.time,
            random.split());
  }

  private record Key(Origin origin, Credential credential) implements UpstreamKey {}

  private KeySpec spec(int key) {
    String id = "key-" + key;
    String group =
        world.workload.declared()
            ? "project-" + world.workload.organisationOf(key)
            : KeySpec.ownGroup(id);
    return new KeySpec(id, id, flavour.provider.id(), group, 5, Long.MAX_VALUE, Set.of(), false);
  }

  /// The limit groups that keys stand in now, one for each key.
  List<String> groups() {
    return pools.view().stream().map(view -> view.limitGroup()).toList();
  }

  @Override
  public void arrive(Job job, Client client) {
    jobs.put(job.number(), job);
    List<Integer> turns = List.of(job.bytes());
    if (job.inConversation()) {
      List<Integer> grown =
          conversations.computeIfAbsent(job.conversation(), _ -> new ArrayList<>());
      grown.add(job.bytes());
      turns = grown;
    }
    List<Slice> body = requests.body(job, turns);
    long bytes = body.stream().mapToLong(slice -> slice.length()).sum();
    dispatcher.dispatch(
        new ClientRequest(
            "req-" + job.number(),
            directory,
            Person.ONE,
            requests.endpoint(job),
            "POST",
            new Fields(Map.of("content-type", "application/json")),
            body,
            bytes,
            world.time.nanos()),
        new Caller(status -> {
          jobs.remove(job.number());
          client.told(status);
        }));
  }

  private Upstream.Call send(UpstreamRequest request, Upstream.Answer answer) {
    Job job = jobs.get(RequestBodies.jobOf(request));
    if (job == null) {
      throw new IllegalStateException("an attempt for no live job (expected: one that arrived)");
    }
    Flight flight = new Flight(job, answer);
    world.send(keyOf(request), job, flight);
    return flight;
  }

  private static int keyOf(UpstreamRequest request) {
    for (String value : request.headers()) {
      int at = value.indexOf(SECRET);
      if (at >= 0) {
        return Integer.parseInt(value.substring(at + SECRET.length()));
      }
    }
    throw new IllegalStateException("no credential in " + request + " (expected: one of ours)");
  }

  /// One attempt on its way.
  private final class Flight implements Reception, Upstream.Call {
    private final Job job;
    private final Upstream.Answer answer;
    private boolean cancelled;

    Flight(Job job, Upstream.Answer answer) {
      this.job = job;
      this.answer = answer;
    }

    @Override
    public void head(Reply reply) {
      if (cancelled) {
        return;
      }
      answer.head(ProviderAnswers.status(reply), new Fields(answers.headers(job, reply)));
      switch (reply) {
        case Reply.Admitted admitted -> {
          if (job.stream()) {
            chunk(bodies.beginning(admitted.cache()));
          }
        }
        case Reply.Exhausted _, Reply.Unavailable _ -> {
          chunk(answers.refusal(reply));
          end();
        }
      }
    }

    @Override
    public void end(Reply.Admitted reply) {
      chunk(
          job.stream()
              ? bodies.ending(reply.cache(), job.output())
              : bodies.whole(reply.cache(), job.output()));
      end();
    }

    private void chunk(byte[] bytes) {
      if (!cancelled) {
        answer.chunk(bytes, 0, bytes.length);
      }
    }

    private void end() {
      if (!cancelled) {
        answer.end();
      }
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  private record Fields(Map<String, String> fields) implements Headers {

    @Override
    public @Nullable String get(String lowerCaseName) {
      return fields.get(lowerCaseName);
    }

    @Override
    public void each(BiConsumer<String, String> action) {
      fields.forEach(action);
    }
  }

  /// The client's end: all it looks at is the status.
  private static final class Caller implements dev.forebay.exchange.Caller {
    private final Client client;
    private int status;

    Caller(Client client) {
      this.client = client;
    }

    @Override
    public void start(int started, List<String> headers) {
      status = started;
    }

    @Override
    public void answer(int answered, List<String> headers, List<Slice> body, long bodyBytes) {
      status = answered;
    }

    @Override
    public void write(byte[] array, int offset, int length) {}

    @Override
    public boolean congested() {
      return false;
    }

    @Override
    public void whenWritable(Runnable action) {
      action.run();
    }

    @Override
    public void end() {}

    @Override
    public void abort() {
      status = 500;
    }

    @Override
    public void over() {
      client.told(status);
    }
  }

  private record Person(String id, String name) implements Directory.Client {
    static final Person ONE = new Person("client-1", "bench");
  }

  /// A configuration with one model and nothing else.
  private final class Configuration implements Directory {
    private final Limits limits = Limits.defaults();

    @Override
    public String workspace() {
      return "default";
    }

    @Override
    public @Nullable Client client(String presentedKey) {
      return Person.ONE;
    }

    @Override
    public @Nullable Client clientOf(String id) {
      return Person.ONE.id().equals(id) ? Person.ONE : null;
    }

    @Override
    public Route route(Operation operation, String model, Client client, @Nullable StandIns wish) {
      return new Route(List.of(new Target(flavour.provider, model)), false, false);
    }

    @Override
    public Capacity capacity(Target target) {
      return Capacity.UNKNOWN;
    }

    @Override
    public List<Offer> offers(Provider own) {
      return List.of();
    }

    @Override
    public boolean mixed() {
      return false;
    }

    @Override
    public @Nullable UpstreamKey reach(String keyId) {
      return keys.get(Integer.parseInt(keyId.substring("key-".length())));
    }

    @Override
    public Price price(String provider, String model) {
      return PRICE;
    }

    @Override
    public String priceVersion() {
      return "bench";
    }

    @Override
    public CacheKeys cacheKeys() {
      return CacheKeys.OPENAI;
    }

    @Override
    public Limits limits() {
      return limits;
    }

    @Override
    public ZoneId zone() {
      return ZoneOffset.UTC;
    }
  }
}
