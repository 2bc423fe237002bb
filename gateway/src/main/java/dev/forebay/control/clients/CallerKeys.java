package dev.forebay.control.clients;

import dev.forebay.control.ClientKey;
import dev.forebay.control.ClientKeyStore;
import dev.forebay.control.Edit;
import dev.forebay.control.KeyNames;
import dev.forebay.control.PeopleStore;
import dev.forebay.control.Person;
import dev.forebay.control.SnapshotSource;
import dev.forebay.control.Source;
import dev.forebay.control.StoredClientKey;
import dev.forebay.control.Stores;
import dev.forebay.control.Total;
import dev.forebay.control.UsageStore;
import dev.forebay.control.UsageTotal;
import dev.forebay.control.audit.Actor;
import dev.forebay.control.audit.AuditLog;
import dev.forebay.control.audit.Words;
import dev.forebay.control.clients.CallerKey.Today;
import dev.forebay.exchange.ClientLimits;
import dev.forebay.exchange.StandIns;
import dev.forebay.pool.Ticker;
import dev.forebay.secrets.ClientKeys;
import dev.forebay.secrets.Digest;
import dev.forebay.secrets.Secret;
import dev.forebay.secrets.SecretAccess;
import dev.forebay.secrets.Tokens;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The client keys, as people make, change and revoke them. Thread-safe; may block.
///
/// Owners and admins reach every key; members their own, of which they do not change the limits.
public final class CallerKeys {

  /// Valid keys of one member.
  private static final int MOST_OF_A_MEMBER = 100;

  private final String workspace;
  private final ClientKeyStore store;
  private final PeopleStore people;
  private final UsageStore usage;
  private final SnapshotSource snapshots;
  private final LastUses uses;
  private final AuditLog audit;
  private final Ticker ticker;
  private final RandomGenerator random;

  /// Held while a change reads, writes and compiles; nothing of the data path takes it.
  private final ReentrantLock changes = new ReentrantLock();

  /// @param random cryptographically strong and thread-safe
  public CallerKeys(
      String workspace,
      Stores stores,
      SnapshotSource snapshots,
      LastUses uses,
      AuditLog audit,
      Ticker ticker,
      RandomGenerator random) {
    this.workspace = workspace;
    this.store = stores.clientKeys();
    this.people = stores.people();
    this.usage = stores.usage();
    this.snapshots = snapshots;
    this.uses = uses;
    this.audit = audit;
    this.ticker = ticker;
    this.random = random;
  }

  /// The client keys that the actor may see, the youngest first and the file's last.
  public List<CallerKey> keys(Actor actor) {
    Map<String, Person> persons = new HashMap<>();
    people.people(workspace).forEach(person -> persons.put(person.id(), person));
    Map<String, Today> today = today();
    List<CallerKey> keys = new ArrayList<>();
    for (StoredClientKey row : store.clientKeys(workspace).reversed()) {
      if (reaches(actor, row)) {
        String owner = row.ownerId();
        keys.add(view(row, owner == null ? null : persons.get(owner), today));
      }
    }
    if (actor.manages()) {
      snapshots.current().clientKeys().values().stream()
          .filter(key -> key.source() == Source.FILE)
          .sorted(Comparator.comparing(ClientKey::name))
          .forEach(key -> keys.add(view(key, today)));
    }
    return keys;
  }

  /// The ids of the client keys that are the person's, the revoked ones too: whose usage and
  /// requests a member may see.
  public Set<String> idsOf(Person person) {
    return store.clientKeys(workspace).stream()
        .filter(row -> person.id().equals(row.ownerId()))
        .map(StoredClientKey::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  /// Makes a client key.
  ///
  /// @param standIns who may stand in for what it asks for; null for whoever the settings name
  /// @param ownerId who holds it; null for the actor
  public ClientKeyChange create(
      Actor actor,
      String name,
      ClientLimits limits,
      @Nullable StandIns standIns,
      @Nullable String ownerId) {
    if (!KeyNames.valid(name)) {
      return new ClientKeyChange.Invalid("name", "must be " + KeyNames.FORM);
    }
    Person self = actor.person();
    String otherId = actor.is(ownerId) ? null : ownerId;
    boolean forOther = otherId != null;
    if (forOther && !actor.manages()) {
      return new ClientKeyChange.Forbidden("only owners and admins make keys for others");
    }
    Optional<Person> owner =
        otherId == null ? Optional.ofNullable(self) : people.person(workspace, otherId);
    if (forOther && owner.isEmpty()) {
      return new ClientKeyChange.Invalid("ownerId", "is nobody's id");
    }
    changes.lock();
    try {
      return add(actor, name, limits, standIns, owner.orElse(null));
    } finally {
      changes.unlock();
    }
  }

  private ClientKeyChange add(
      Actor actor,
      String name,
      ClientLimits limits,
      @Nullable StandIns standIns,
      @Nullable Person owner) {
    List<StoredClientKey> present = store.clientKeys(workspace);
    if (nameTaken(present, name, "")) {
      return new ClientKeyChange.Conflict("another client key is called '" + name + "'");
    }
    if (!actor.manages()
        && present.stream().filter(row -> row.revokedAt() == null && reaches(actor, row)).count()
            >= MOST_OF_A_MEMBER) {
      return new ClientKeyChange.Conflict(
          "you have " + MOST_OF_A_MEMBER + " client keys already; revoke one first");
    }
    Secret secret = ClientKeys.generate(random);
    StoredClientKey row =
        new StoredClientKey(
            workspace,
            Tokens.id("client-", random),
            name,
            Digest.sha256(secret.reveal(SecretAccess.granted())),
            secret.suffix(),
            owner == null ? null : owner.id(),
            limits,
            standIns,
            ticker.now(),
            null);
    if (!store.add(row)) {
      throw new IllegalStateException("a random client key came up twice");
    }
    snapshots.refresh();
    audit.record(
        actor,
        "client-key.created",
        name,
        "ends in " + row.suffix() + ", " + told(limits) + ", " + told(standIns));
    return new ClientKeyChange.Made(view(row, owner, Map.of()), secret);
  }

  /// Renames a client key, or changes its limits or who stands in for what it asks for.
  ///
  /// @param name null to keep it
  public ClientKeyChange edit(
      Actor actor, String id, @Nullable String name, LimitsEdit limits, Edit<StandIns> standIns) {
    if (name != null && !KeyNames.valid(name)) {
      return new ClientKeyChange.Invalid("name", "must be " + KeyNames.FORM);
    }
    changes.lock();
    try {
      List<StoredClientKey> present = store.clientKeys(workspace);
      StoredClientKey row = find(present, actor, id);
      if (row == null) {
        return missing(actor, id);
      }
      if (!limits.keepsAll() && !actor.manages()) {
        return new ClientKeyChange.Forbidden("only owners and admins change limits");
      }
      if (row.revokedAt() != null) {
        return new ClientKeyChange.Conflict("the key is revoked");
      }
      if (name != null && nameTaken(present, name, id)) {
        return new ClientKeyChange.Conflict("another client key is called '" + name + "'");
      }
      StoredClientKey changed;
      try {
        changed =
            row.with(
                name == null ? row.name() : name,
                limits.over(row.limits()),
                standIns.over(row.standIns(), null));
      } catch (IllegalArgumentException e) {
        return new ClientKeyChange.Invalid("limits", "must be at least 1");
      }
      if (!store.change(workspace, id, changed.name(), changed.limits(), changed.standIns())) {
        return new ClientKeyChange.NotFound();
      }
      snapshots.refresh();
      audit.record(actor, "client-key.edited", changed.name(), difference(row, changed));
      return new ClientKeyChange.Done(view(changed, owner(changed), today()));
    } finally {
      changes.unlock();
    }
  }

  /// Revokes a client key for good.
  public ClientKeyChange revoke(Actor actor, String id) {
    changes.lock();
    try {
      StoredClientKey row = find(store.clientKeys(workspace), actor, id);
      if (row == null) {
        return missing(actor, id);
      }
      Instant now = ticker.now();
      if (!store.revoke(workspace, id, now)) {
        return new ClientKeyChange.Conflict("the key is revoked already");
      }
      snapshots.refresh();
      audit.record(actor, "client-key.revoked", row.name(), "ended in " + row.suffix());
      return new ClientKeyChange.Done(
          view(row.withTimes(row.createdAt(), now), owner(row), today()));
    } finally {
      changes.unlock();
    }
  }

  private boolean nameTaken(List<StoredClientKey> present, String name, String exceptId) {
    return present.stream()
            .anyMatch(row ->
                row.revokedAt() == null && row.name().equals(name) && !row.id().equals(exceptId))
        || snapshots.current().clientKeys().values().stream()
            .anyMatch(key -> key.source() == Source.FILE && key.name().equals(name));
  }

  private static @Nullable StoredClientKey find(
      List<StoredClientKey> present, Actor actor, String id) {
    return present.stream()
        .filter(row -> row.id().equals(id) && reaches(actor, row))
        .findFirst()
        .orElse(null);
  }

  private ClientKeyChange missing(Actor actor, String id) {
    boolean declared =
        actor.manages()
            && snapshots.current().clientKeys().values().stream()
                .anyMatch(key -> key.source() == Source.FILE && key.id().equals(id));
    return declared ? new ClientKeyChange.ManagedByFile() : new ClientKeyChange.NotFound();
  }

  private static boolean reaches(Actor actor, StoredClientKey row) {
    return actor.manages() || (row.ownerId() != null && actor.is(row.ownerId()));
  }

  private @Nullable Person owner(StoredClientKey row) {
    String id = row.ownerId();
    return id == null ? null : people.person(workspace, id).orElse(null);
  }

  private Map<String, Today> today() {
    LocalDate day = LocalDate.ofInstant(ticker.now(), snapshots.current().zone());
    Map<String, Today> sums = new HashMap<>();
    for (UsageTotal<LocalDate> total : usage.totals(workspace, day)) {
      String id = total.group().clientKeyId();
      Total sum = total.total();
      if (id != null) {
        sums.merge(
            id,
            new Today(sum.requests(), sum.usage().total(), sum.cost().nanoDollars()),
            (a, b) ->
                new Today(
                    a.requests() + b.requests(),
                    a.tokens() + b.tokens(),
                    a.nanoDollars() + b.nanoDollars()));
      }
    }
    return sums;
  }

  private CallerKey view(StoredClientKey row, @Nullable Person owner, Map<String, Today> today) {
    return new CallerKey(
        row.id(),
        row.name(),
        row.suffix(),
        owner,
        row.limits(),
        row.standIns(),
        Source.DATABASE,
        row.createdAt(),
        row.revokedAt(),
        uses.of(row.id()),
        today.getOrDefault(row.id(), Today.NOTHING));
  }

  private CallerKey view(ClientKey key, Map<String, Today> today) {
    ClientLimits limits = key.limits();
    return new CallerKey(
        key.id(),
        key.name(),
        key.suffix(),
        null,
        limits == null ? ClientLimits.NONE : limits,
        key.standIns(),
        Source.FILE,
        null,
        null,
        uses.of(key.id()),
        today.getOrDefault(key.id(), Today.NOTHING));
  }

  private static String difference(StoredClientKey before, StoredClientKey after) {
    List<String> said = new ArrayList<>();
    if (!before.name().equals(after.name())) {
      said.add("called " + before.name() + " before");
    }
    if (!before.limits().equals(after.limits())) {
      said.add("now " + told(after.limits()));
    }
    if (!Objects.equals(before.standIns(), after.standIns())) {
      said.add("now " + told(after.standIns()));
    }
    return String.join("; ", said);
  }

  private static String told(@Nullable StandIns standIns) {
    return standIns == null ? "fallback as the settings say" : "fallback " + standIns.text();
  }

  private static String told(ClientLimits limits) {
    List<String> said = new ArrayList<>();
    tell(said, limits.requestsPerMinute(), "request", "a minute");
    tell(said, limits.requestsPerDay(), "request", "a day");
    tell(said, limits.tokensPerMinute(), "token", "a minute");
    tell(said, limits.tokensPerDay(), "token", "a day");
    return said.isEmpty() ? "without limits" : "limited to " + String.join(", ", said);
  }

  private static void tell(List<String> said, long limit, String what, String period) {
    if (limit > 0) {
      said.add(Words.of(limit, what) + " " + period);
    }
  }
}
