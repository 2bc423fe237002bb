package dev.forebay.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The nodes of one workspace that can serve one provider and model. Thread-safe.
///
/// A choice samples two distinct nodes of the highest tier uniformly and takes the less loaded one
/// [1]; on a tie the one with fewer attempts in flight, then the one whose limits are full sooner.
/// It reads an immutable ready set behind one volatile field, takes no lock and allocates nothing;
/// an acquisition adds the lease. The ready set may be a moment old: admission checks everything
/// again, and a refusal falls back to the other node, to new draws, to a scan of the tier, and to
/// the tier below. Whoever belongs to a conversation is sent where its prompt cache is first; see
/// [Affinity].
///
/// [1] M. Mitzenmacher, The Power of Two Choices in Randomized Load Balancing, IEEE TPDS 12(10),
/// 2001.
public final class Pool {

  private final Context context;
  private final ProviderNodes house;
  private final String model;
  private final ModelGroup modelGroup;
  private final Seating seating;
  private final Comebacks comebacks;
  private final Affinity affinity;
  private final TwoChoices choices = new TwoChoices(this);
  private final AtomicLong version = new AtomicLong();
  private final ReentrantLock refreshing = new ReentrantLock();

  final Gate gate = new Gate(0);
  final Breaker breaker = new Breaker();
  final Lessons lessons;

  private volatile Ready ready = Ready.NONE;
  private volatile long lastUsed;

  Pool(Context context, ProviderNodes house, String model, ModelGroup modelGroup) {
    this.context = context;
    this.house = house;
    this.model = model;
    this.modelGroup = modelGroup;
    this.lessons = new Lessons(Counting.of(house.provider));
    this.seating = new Seating(house, model, modelGroup, lessons, context);
    this.comebacks = new Comebacks(context, house, seating);
    this.affinity = new Affinity(this, context.homes());
    this.lastUsed = context.nanos();
  }

  public String provider() {
    return house.provider;
  }

  public String model() {
    return model;
  }

  /// The ids of the keys of a limit group; none when there is no such group any more.
  public List<String> keysOf(String group) {
    return house.keysOf(group);
  }

  /// Whether a key is left of a limit group, whatever keeps it from serving.
  public boolean hasGroup(String group) {
    return house.groups().containsKey(group) || !keysOf(group).isEmpty();
  }

  /// A lease on the node that should serve next, or why there is none.
  public Acquisition acquire(Ask ask, RandomGenerator random) {
    long now = context.nanos();
    lastUsed = now;
    Ready known = ready(now);
    Need need = need(ask, known, now);
    if (gate.door(now) != Gate.CLOSED) {
      Lease lease = draw(known, ask, now, need, random);
      if (lease == null && isStale(known, now)) {
        lease = draw(refreshed(known, now, true), ask, now, need, random);
      }
      if (lease != null) {
        if (ask.conversation().known()) {
          affinity.begin(lease, ask, now);
        }
        return new Acquisition.Granted(lease);
      }
    }
    Group stay = stay(ask, need, now);
    return new Acquisition.Unavailable(
        stay == null
            ? census(ask, needs(ask, need, now), now, crowdedUntil(need, now))
            : census(ask.only(stay.id()), Needs.of(lessons.cached(need)), now, now));
  }

  /// The limit group that a request of this conversation is waiting for, or would wait for, because
  /// it has its prompt cache; null when any will do.
  public @Nullable String home(Ask ask) {
    long now = context.nanos();
    Group stay = isAtHome(ask) ? stay(ask, lessons.need(ask), now) : null;
    return stay == null ? null : stay.id();
  }

  /// Whether that group has room for the request now, so that it need not wait.
  public boolean hasRoomAtHome(Ask ask) {
    long now = context.nanos();
    Ready.Tier[] tiers = ready.tiers();
    return tiers.length > 0
        && isAtHome(ask)
        && gate.door(now) == Gate.OPEN
        && affinity.hasRoom(tiers[0], ask, now, lessons.need(ask));
  }

  /// The limit group whose keys alone may ever serve the model; null when there is no such one.
  public @Nullable String loneGroup() {
    Group lone = Seat.loneGroup(seating.seats());
    return lone == null ? null : lone.id();
  }

  private @Nullable Group stay(Ask ask, Need need, long now) {
    Ready known = ready;
    return !known.staysIn(0) || !isAtHome(ask) || gate.door(now) != Gate.OPEN
        ? null
        : affinity.stay(known.tiers()[0], ask, now, need);
  }

  private static boolean isAtHome(Ask ask) {
    return ask.conversation().known() && ask.onlyGroup() == null;
  }

  /// The id of the key that would be tried first now, chosen as [#acquire] chooses but without
  /// taking it; empty when none is ready.
  public String pick(RandomGenerator random) {
    long now = context.nanos();
    Ready.Tier[] tiers = ready(now).tiers();
    if (tiers.length == 0) {
      return "";
    }
    return choices.pick(tiers[0], now, random);
  }

  /// The id of the key that a request of this conversation would try first now; empty when none is
  /// ready.
  public String pick(Conversation conversation, RandomGenerator random) {
    long now = context.nanos();
    Ready.Tier[] tiers = ready(now).tiers();
    if (tiers.length == 0) {
      return "";
    }
    return tiers[0].keyId(affinity.first(tiers[0], conversation, now, random.nextLong()));
  }

  /// Who cannot serve now and why, and when the first may.
  public Tally tally() {
    return tally(Ask.of(0, 0));
  }

  /// The same for one request, which may need more than others.
  public Tally tally(Ask ask) {
    long now = context.nanos();
    Need need = need(ask, ready(now), now);
    return census(ask, needs(ask, need, now), now, now);
  }

  /// What keeps limit groups from serving this request now: at most `most` of them, those first
  /// that can serve it soonest.
  public List<Shortfall> shortfalls(Ask ask, int most) {
    long now = context.nanos();
    Need need = need(ask, ready(now), now);
    return new Shortfalls(this, ask, needs(ask, need, now), now).first(most);
  }

  // Who may only go home needs less than who may go anywhere.
  private Need need(Ask ask, Ready from, long now) {
    Need whole = lessons.need(ask);
    String only = ask.onlyGroup();
    if (only == null) {
      return whole;
    }
    Group home = affinity.home(from.tiers(), ask.conversation(), now);
    return home != null && home.isCalled(only) ? lessons.cached(whole) : whole;
  }

  private Needs needs(Ask ask, Need need, long now) {
    Group home = affinity.home(ready.tiers(), ask.conversation(), now);
    return home == null ? Needs.of(need) : new Needs(need, home, lessons.cached(need));
  }

  private Tally census(Ask ask, Needs needs, long now, long crowdedUntil) {
    return new Census(ask, needs, now, gate, crowdedUntil, context)
        .of(house.members(), seating.seats(), model);
  }

  // Only those of the lowest priority are left alone.
  private long crowdedUntil(Need need, long now) {
    Ready.Tier[] tiers = ready.tiers();
    return tiers.length == 0 ? now : tiers[tiers.length - 1].crowdedUntil(need, now);
  }

  private @Nullable Lease draw(Ready from, Ask ask, long now, Need need, RandomGenerator random) {
    Ready.Tier[] tiers = from.tiers();
    for (int i = 0; i < tiers.length; i++) {
      Ready.Tier tier = tiers[i];
      // Better a crowd than a key of lower priority.
      boolean paced = i == tiers.length - 1;
      if (isAtHome(ask)) {
        Lease homed = affinity.lease(tier, paced, ask, now, need, random);
        if (homed != null || (from.staysIn(i) && affinity.stay(tier, ask, now, need) != null)) {
          return homed;
        }
      }
      Lease lease = choices.draw(tier, paced, ask, now, need, random);
      if (lease != null) {
        return lease;
      }
    }
    return null;
  }

  /// A lease on one seat of a tier; null when it does not take the attempt.
  @Nullable Lease lone(Ready.Tier tier, int index, Ask ask, long now, Need need) {
    double load = tier.load(index, now, context.usageRate());
    Lease lease = admit(tier.seats[index], ask, now, need);
    return lease == null ? null : lease.drawn(tier, load, null, 0, false);
  }

  /// Takes everything one attempt needs of a node, or nothing.
  @Nullable Lease admit(Seat seat, Ask ask, long now, Need need) {
    Node node = seat.node;
    Group group = seat.groupModel.group;
    if (node.shut() || node.withheld() != null || ask.hasTried(node.id) || isForeign(ask, group)) {
      return null;
    }
    int door = Math.max(node.gate.door(now), group.gate.door(now));
    door = Math.max(door, Math.max(seat.groupModel.door(now), gate.door(now)));
    node.budgets.roll(context.today(now).date());
    if (door == Gate.CLOSED || !node.budgets.reserve(need, node.spec())) {
      return null;
    }
    // Limits last: what a request took of them and gives back again has kept others waiting.
    long turn = group.pace.take(now);
    long ownTurn = turn < 0 ? -1 : node.pace.take(now);
    Taken taken = ownTurn < 0 ? null : Taken.of(seat.groupModel.limits(), need, now);
    if (taken == null && ownTurn >= 0) {
      seat.groupModel.rest(this, now);
    }
    Trial trial =
        taken == null
            ? null
            : door == Gate.OPEN ? Trial.NONE : Trial.enter(this, seat, now, context);
    if (taken == null || trial == null) {
      group.pace.giveBack(Math.max(turn, 0));
      node.pace.giveBack(Math.max(ownTurn, 0));
      node.budgets.release(need);
      if (taken != null) {
        taken.giveBack();
      }
      return null;
    }
    long weight = Math.max(need.tokens(), context.settings().requestFloorTokens());
    node.load.take(weight);
    node.attempted(now);
    seat.pace.took(now);
    return new Lease(this, seat, ask, need, weight, taken, trial, now);
  }

  static boolean isForeign(Ask ask, Group group) {
    String only = ask.onlyGroup();
    return only != null && !group.isCalled(only);
  }

  private Ready ready(long now) {
    Ready known = ready;
    return isStale(known, now)
        ? refreshed(known, now, known.decisions() != house.decisions())
        : known;
  }

  private boolean isStale(Ready known, long now) {
    return now >= known.validUntil() || known.version() != version();
  }

  // Both only ever rise, so their sum is a version too.
  private long version() {
    return house.version() + version.get();
  }

  /// A new ready set, or the known one when somebody else is at it or it is too soon, unless it is
  /// `needed`: because there is none, or because a person's word holds from the next request on.
  private Ready refreshed(Ready known, long now, boolean needed) {
    if (needed) {
      refreshing.lock();
    } else if (now < known.nextBuild() || !refreshing.tryLock()) {
      return known;
    }
    List<Node> changed = new ArrayList<>();
    Ready fresh;
    try {
      fresh = look(now, changed);
    } finally {
      refreshing.unlock();
    }
    changed.forEach(house::notice);
    return fresh;
  }

  // Guarded by the refresh lock.
  private Ready look(long now, List<Node> changed) {
    Ready fresh = seating.look(version(), house.decisions(), now, changed);
    ready = fresh;
    return fresh;
  }

  /// A cooldown of this model began or was extended; `group` is null when it is the provider's.
  void cooled(Scope scope, @Nullable Group group, Gate closed) {
    changed();
    Gate.Closure closure = closed.closure();
    if (closure != null) {
      long now = context.nanos();
      context.listener().cooled(KeyViews.scoped(scope, this, group, closure, now));
    }
  }

  /// A cooldown of this model ended.
  void reopened(Scope scope, @Nullable Group group, Gate.Closure ended) {
    changed();
    long now = context.nanos();
    context.listener().reopened(KeyViews.scoped(scope, this, group, ended, now));
  }

  /// The cooldown of these keys ended.
  void comeBack(Gate.Closure ended, Node... nodes) {
    comebacks.begin(ended, nodes);
  }

  /// The provider's model answers again.
  void pardon() {
    comebacks.pardon(ready.usable());
  }

  /// What is known of limits changed, which other models may draw on as well.
  void limitsChanged() {
    changed();
    modelGroup.others(this, Pool::changed);
  }

  /// Something changed for this model only.
  void changed() {
    version.incrementAndGet();
  }

  ProviderNodes house() {
    return house;
  }

  Context context() {
    return context;
  }

  ModelGroup modelGroup() {
    return modelGroup;
  }

  Seating seating() {
    return seating;
  }

  long lastUsed() {
    return lastUsed;
  }

  /// Whether at most one key is there to fail.
  boolean hasOnlyKey() {
    return ready.usable() <= 1;
  }

  /// The group as this model knows it, also when a key joined it a moment ago; null when none of
  /// its keys may serve the model.
  @Nullable GroupModel groupModel(Group group) {
    GroupModel known = seating.groupModel(group);
    if (known == null) {
      seat();
      known = seating.groupModel(group);
    }
    return known;
  }

  /// Sees to it that keys which came or went are seated. Whoever calls it tells the listener.
  void seat() {
    refreshing.lock();
    try {
      look(context.nanos(), new ArrayList<>());
    } finally {
      refreshing.unlock();
    }
  }
}
