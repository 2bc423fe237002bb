package dev.forebay.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Everything simulated, shared by all event loops. Thread-safe.
final class World {

  private final SimulatorSpec spec;
  private final SimulatorClock clock;
  private final Models models;
  private final FaultBook faults;
  private final Ledger ledger;
  private final List<Account> accounts = new ArrayList<>();

  /// By the provider's ordinal, then by secret.
  private final List<Map<String, KeyAccount>> keys = new ArrayList<>();

  private final Google google;
  private final AtomicLong sequence = new AtomicLong();
  private volatile Pace pace;
  private volatile Shape shape;

  World(SimulatorSpec spec, SimulatorClock clock) {
    this.spec = spec;
    this.clock = clock;
    this.models = new Models(spec.models());
    this.faults = new FaultBook(spec.faults(), spec.seed());
    this.ledger = new Ledger(spec.recordedRequests());
    this.pace = spec.pace();
    this.shape = spec.shape();
    for (int i = 0; i < Provider.values().length; i++) {
      keys.add(new HashMap<>());
    }
    for (SimulatedOrganization organization : spec.organizations()) {
      Account account = new Account(organization, clock);
      accounts.add(account);
      for (SimulatedKey key : organization.keys()) {
        keys.get(account.provider().ordinal()).put(key.secret(), new KeyAccount(key, account));
      }
    }
    this.google = new Google(spec.google(), this, this::project);
  }

  private @Nullable Account project(String number) {
    for (Account account : accounts) {
      if (account.provider() == Provider.GEMINI && account.organization().id().equals(number)) {
        return account;
      }
    }
    return null;
  }

  SimulatorClock clock() {
    return clock;
  }

  Models models() {
    return models;
  }

  FaultBook faults() {
    return faults;
  }

  /// Accounts at Google and what they allowed.
  Google google() {
    return google;
  }

  Ledger ledger() {
    return ledger;
  }

  Pace pace() {
    return pace;
  }

  void pace(Pace value) {
    pace = value;
  }

  Shape shape() {
    return shape;
  }

  void shape(Shape value) {
    shape = value;
  }

  long seed() {
    return spec.seed();
  }

  List<Account> accounts() {
    return accounts;
  }

  @Nullable KeyAccount key(Provider provider, String secret) {
    return keys.get(provider.ordinal()).get(secret);
  }

  /// Matches a key alone, with its provider when only one knows it.
  KeyMatcher known(String secret) {
    List<KeyAccount> owners =
        keys().stream().filter(key -> key.key().secret().equals(secret)).toList();
    if (owners.isEmpty()) {
      throw new IllegalArgumentException(
          "secret: '%s' is not one of the simulator's keys".formatted(secret));
    }
    KeyMatcher match = KeyMatcher.secret(secret);
    return owners.size() == 1
        ? match.withProvider(owners.getFirst().account().provider().id())
        : match;
  }

  List<KeyAccount> keys() {
    List<KeyAccount> all = new ArrayList<>();
    keys.forEach(byKey -> all.addAll(byKey.values()));
    all.addAll(google.principals());
    return all;
  }

  /// A new id with this prefix: letters and digits, unique, the same in every run of one seed.
  String id(String prefix, int length) {
    StringBuilder id = new StringBuilder(prefix.length() + length).append(prefix);
    long state = spec.seed() * 0x9E3779B97F4A7C15L + sequence.incrementAndGet();
    for (int i = 0; i < length; i++) {
      if (i % 10 == 0) {
        state = scramble(state + 0x9E3779B97F4A7C15L);
      }
      int digit = (int) ((state >>> (6 * (i % 10))) & 63);
      id.append(ALPHABET.charAt(digit % ALPHABET.length()));
    }
    return id.toString();
  }

  private static final String ALPHABET =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private static long scramble(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
