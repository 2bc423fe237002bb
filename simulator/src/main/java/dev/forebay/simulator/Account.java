package dev.forebay.simulator;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An organisation at run time: its limits, its prompt cache and what it stored. Thread-safe.
final class Account {

  private static final Admission FREE = new Admission.Admitted(Headroom.UNLIMITED);

  private final SimulatedOrganization organization;
  private final Provider provider;
  private final ZoneId zone;
  private final SimulatorClock clock;
  private final Map<String, LimitGroup> groups = new HashMap<>();
  private final PromptCache cache = new PromptCache();
  private final Archive<StoredResponse> responses = new Archive<>();
  private final Archive<StoredThread> threads = new Archive<>();
  private final Archive<StoredThing> things = new Archive<>();
  private final boolean unlimited;

  Account(SimulatedOrganization organization, SimulatorClock clock) {
    this.organization = organization;
    this.provider = Provider.of(organization.provider());
    this.clock = clock;
    this.zone = provider == Provider.GEMINI ? ZoneId.of("America/Los_Angeles") : ZoneOffset.UTC;
    this.unlimited =
        organization.limits().equals(Limits.NONE)
            && organization.modelLimits().isEmpty()
            && organization.keys().stream().allMatch(key -> key.limits().equals(Limits.NONE));
  }

  SimulatedOrganization organization() {
    return organization;
  }

  Provider provider() {
    return provider;
  }

  PromptCache cache() {
    return cache;
  }

  Archive<StoredResponse> responses() {
    return responses;
  }

  Archive<StoredThread> threads() {
    return threads;
  }

  Archive<StoredThing> things() {
    return things;
  }

  /// The workspace or project of keys that name none.
  String defaultSection() {
    return switch (provider) {
      case ANTHROPIC -> "wrkspc_default_" + organization.id();
      case OPENAI -> "proj_default_" + organization.id();
      case GEMINI -> organization.id();
    };
  }

  boolean unlimited() {
    return unlimited;
  }

  LimitGroup keyLimits(Limits limits) {
    return new LimitGroup(limits, zone, clock.epochNanos());
  }

  /// Lets a request in, or says which limit is in its way. A refused request counts against the
  /// request limits where the provider says so.
  Admission admit(KeyAccount key, String group, String model, Demand demand) {
    return unlimited ? FREE : admitLimited(key, group, model, demand);
  }

  private synchronized Admission admitLimited(
      KeyAccount key, String group, String model, Demand demand) {
    long now = clock.epochNanos();
    LimitGroup shared = group(group, model, now);
    Meter empty = shared.shortOf(demand, now);
    boolean byKey = empty == null;
    if (byKey) {
      empty = key.limits().shortOf(demand, now);
    }
    if (empty == null) {
      shared.take(demand);
      key.limits().take(demand);
      return new Admission.Admitted(headroom(shared, key, now));
    }
    if (provider == Provider.OPENAI) {
      shared.takeRequest(now);
      key.limits().takeRequest(now);
    }
    return exhausted(empty, byKey, demand, headroom(shared, key, now), now);
  }

  private static Admission exhausted(
      Meter empty, boolean byKey, Demand demand, Headroom headroom, long now) {
    double wanted = demand.of(empty.dimension());
    return new Admission.Exhausted(
        empty.dimension(),
        byKey,
        empty.limit(),
        empty.limit() - empty.remaining(now),
        (long) wanted,
        empty.nanosUntil(wanted, now),
        headroom);
  }

  /// Takes what became known after the request was let in.
  synchronized void settle(KeyAccount key, String group, String model, Settlement settlement) {
    if (!unlimited) {
      long now = clock.epochNanos();
      group(group, model, now).settle(settlement, now);
      key.limits().settle(settlement, now);
    }
  }

  /// What is left of every model group that was used.
  synchronized Map<String, Headroom> headrooms() {
    Map<String, Headroom> all = new HashMap<>();
    long now = clock.epochNanos();
    groups.forEach((name, group) -> all.put(name, group.headroom(now)));
    return all;
  }

  private static Headroom headroom(LimitGroup shared, KeyAccount key, long now) {
    // A key's own limit is the lower one and the one its caller sees.
    return shared.headroom(now).behind(key.limits().headroom(now));
  }

  private LimitGroup group(String name, String model, long now) {
    LimitGroup known = groups.get(name);
    if (known == null) {
      known = new LimitGroup(limitsOf(name, model), zone, now);
      groups.put(name, known);
    }
    return known;
  }

  private Limits limitsOf(String group, String model) {
    Limits exact = organization.modelLimits().get(model);
    if (exact == null) {
      exact = organization.modelLimits().get(group);
    }
    if (exact != null) {
      return exact;
    }
    @Nullable Limits best = null;
    int length = -1;
    for (Map.Entry<String, Limits> entry : organization.modelLimits().entrySet()) {
      String pattern = entry.getKey();
      if (pattern.endsWith("*")
          && pattern.length() > length
          && model.startsWith(pattern.substring(0, pattern.length() - 1))) {
        best = entry.getValue();
        length = pattern.length();
      }
    }
    return best == null ? organization.limits() : best;
  }
}
