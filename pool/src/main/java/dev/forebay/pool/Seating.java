package dev.forebay.pool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Who sits in one pool, and who of them is ready. Guarded by the pool's refresh lock, but for
/// [#groupModel], [#seats] and [#closed], which read what was last published.
final class Seating {

  /// The median of a tier is taken over a sample: beyond this more seats do not move it.
  private static final int SAMPLE = 255;

  // A spent key is looked at again this often, because the wall clock may be set.
  private static final long SPENT_RECHECK = 60_000_000_000L;

  // What limits grant changes as they are learned.
  private static final long REWEIGH = 5_000_000_000L;

  /// A key that can do so many times more than a moment ago would be taken by every request.
  private static final double GROWTH = 1.5;

  /// Little more than they did: as loads are level, the others do most of what is known of them
  /// before those of whom nothing is known do more than their share.
  private static final double UNREFUSED = 1.25;

  /// What stands in for unknown limits follows what those keys do only when it is so far off: less
  /// is chance, and more than [#UNREFUSED] comes of doing more than the others.
  private static final double NOTICED = 1.6;

  private final ProviderNodes house;
  private final String model;
  private final ModelGroup modelGroup;
  private final Lessons lessons;
  private final Context context;

  // What is thought that those can do of whom nothing is known, in requests per minute; 0 when that
  // does not matter.
  private double standIn;

  private Node @Nullable [] members;
  private volatile Seat[] seats = {};
  private volatile Map<Group, GroupModel> groupModels = Map.of();
  private boolean settled;

  Seating(
      ProviderNodes house, String model, ModelGroup modelGroup, Lessons lessons, Context context) {
    this.house = house;
    this.model = model;
    this.modelGroup = modelGroup;
    this.lessons = lessons;
    this.context = context;
  }

  /// Everybody who may serve the model, ready or not; not to be modified.
  Seat[] seats() {
    return seats;
  }

  /// The group as this model knows it; null when none of its keys may serve the model.
  @Nullable GroupModel groupModel(Group group) {
    return groupModels.get(group);
  }

  /// Every group as this model knows it.
  Iterable<GroupModel> groupModels() {
    return groupModels.values();
  }

  /// Looks at everybody. Nodes that came, went or came back are added to `changed`.
  Ready look(long version, long decisions, long now, List<Node> changed) {
    Node[] current = house.members();
    if (current != members) {
      reseat(current);
    }
    boolean limited = weigh(now);
    List<List<Seat>> tiers = tiers();
    List<List<Seat>> steady = tiers();
    List<Seat> joiners = new ArrayList<>();
    List<Seat> returning = new ArrayList<>();
    Skips skips = new Skips();
    List<List<Seat>> throttled = tiers();
    // What keys can do for each other changes as limits are learned, without anybody's telling.
    long validUntil = limited ? now + REWEIGH : Context.NEVER;
    int usable = 0;
    for (Seat seat : seats) {
      if (!seat.node.shut()) {
        usable++;
      }
      long outUntil = outUntil(seat, now);
      Seat.State before = seat.state;
      seat.state = state(seat, outUntil, now);
      if ((before == Seat.State.OUT) != (seat.state == Seat.State.OUT)) {
        changed.add(seat.node);
      }
      int priority = seat.node.spec().priority();
      if (seat.state == Seat.State.OUT) {
        validUntil = Math.min(validUntil, outUntil);
        skips.out(seat);
        if (seat.groupModel.throttledUntil(now) >= outUntil) {
          throttled.get(priority).add(seat);
        }
        continue;
      }
      tiers.get(priority).add(seat);
      if (seat.state == Seat.State.OPEN) {
        boolean stayed = before == Seat.State.OPEN && !seat.grew;
        (stayed ? steady.get(priority) : joiners).add(seat);
        if (before != Seat.State.OPEN) {
          returning.add(seat);
        }
      }
    }
    if (settled) {
      welcome(joiners, steady, now);
      welcomeBack(returning, steady, now);
    }
    settled = true;
    if (seats.length < current.length) {
      for (Node node : current) {
        if (!node.spec().allows(model)) {
          skips.add(Skipped.Reason.NOT_ALLOWED, node);
        }
      }
    }
    return new Ready(
        published(tiers, throttled, skips, now),
        version,
        decisions,
        validUntil,
        nextBuild(now),
        usable);
  }

  private static List<List<Seat>> tiers() {
    List<List<Seat>> tiers = new ArrayList<>();
    for (int priority = 0; priority <= KeySpec.HIGHEST_PRIORITY; priority++) {
      tiers.add(new ArrayList<>());
    }
    return tiers;
  }

  private static Ready.Tier[] published(
      List<List<Seat>> tiers, List<List<Seat>> throttled, Skips skips, long now) {
    List<Ready.Tier> published = new ArrayList<>();
    for (int priority = KeySpec.HIGHEST_PRIORITY; priority > 0; priority--) {
      if (!tiers.get(priority).isEmpty()) {
        List<Seat> members = tiers.get(priority);
        long scarceUntil = scarceUntil(throttled.get(priority), members, now);
        published.add(new Ready.Tier(priority, tiers, scarceUntil, skips));
      }
    }
    return published.toArray(Ready.Tier[]::new);
  }

  // Until when the first one is throttled who is missed by the others.
  private static long scarceUntil(List<Seat> throttled, List<Seat> members, long now) {
    float lightest = Float.POSITIVE_INFINITY;
    for (Seat member : members) {
      lightest = Math.min(lightest, member.weight);
    }
    long first = Context.NEVER;
    for (Seat seat : throttled) {
      if (seat.weight <= Ready.SMALL * lightest) {
        first = Math.min(first, seat.groupModel.throttledUntil(now));
      }
    }
    return first == Context.NEVER ? Long.MIN_VALUE : first;
  }

  // Looking again is bounded to a tenth of the time, however fast statuses change.
  private long nextBuild(long startedAt) {
    long now = context.nanos();
    return now + 10 * (now - startedAt);
  }

  private static Seat.State state(Seat seat, long outUntil, long now) {
    if (outUntil > now) {
      return Seat.State.OUT;
    }
    int door = Math.max(seat.node.gate.door(now), seat.groupModel.group.gate.door(now));
    return Math.max(door, seat.groupModel.door(now)) == Gate.OPEN
        ? Seat.State.OPEN
        : Seat.State.HALF_OPEN;
  }

  /// When the seat is to be looked at again; `now` when it is ready.
  private long outUntil(Seat seat, long now) {
    Node node = seat.node;
    if (node.shut()) {
      return Context.NEVER;
    }
    Gate modelGate = seat.groupModel.gate();
    long until = Math.max(closedUntil(node.gate), closedUntil(seat.groupModel.group.gate));
    Withheld lacking = node.withheld();
    if (lacking != null) {
      until = Math.max(until, lacking.freeAt(now));
    }
    if (modelGate != null) {
      until = Math.max(until, closedUntil(modelGate));
    }
    Context.Day today = context.today(now);
    node.budgets.roll(today.date());
    if (node.budgets.spent(node.spec())) {
      until = Math.max(until, Math.min(today.endNanos(), now + SPENT_RECHECK));
    }
    return Math.max(until, now);
  }

  private static long closedUntil(Gate gate) {
    Gate.Closure closure = gate.closure();
    return closure == null ? Long.MIN_VALUE : closure.until();
  }

  private void reseat(Node[] current) {
    Map<Node, Seat> known = new IdentityHashMap<>();
    for (Seat seat : seats) {
      known.put(seat.node, seat);
    }
    Map<Group, GroupModel> groups = new IdentityHashMap<>();
    // Those of one group behind each other, as Kin wants them.
    Map<GroupModel, List<Seat>> placed = new LinkedHashMap<>();
    for (Node node : current) {
      if (!node.spec().allows(model)) {
        continue;
      }
      Group group = node.group();
      GroupModel groupModel =
          groups.computeIfAbsent(
              group,
              g -> {
                GroupModel kept = groupModels.get(g);
                return kept == null ? newGroupModel(g) : kept;
              });
      Seat seat = known.get(node);
      if (seat == null || seat.groupModel != groupModel) {
        Seat moved = new Seat(node, groupModel);
        moved.state = stateOf(seat, groupModel);
        seat = moved;
      }
      placed.computeIfAbsent(groupModel, _ -> new ArrayList<>(1)).add(seat);
    }
    members = current;
    groupModels = groups;
    seats = placed.values().stream().flatMap(List::stream).toArray(Seat[]::new);
  }

  private GroupModel newGroupModel(Group group) {
    return modelGroup.newGroupModel(group, new Use(context.uses().next()));
  }

  // Who was ready in another group is new in one that nobody knew: it has not used anything yet.
  private Seat.State stateOf(@Nullable Seat before, GroupModel groupModel) {
    return before == null || (before.state == Seat.State.OPEN && !isKnown(groupModel))
        ? Seat.State.NEW
        : before.state;
  }

  private boolean isKnown(GroupModel groupModel) {
    return groupModels.get(groupModel.group) == groupModel;
  }

  /// Shares a group's known tokens per minute among its keys that may serve. Where nothing is known
  /// the mean of the known ones stands in, so that loads stay comparable; but those who were not
  /// refused so far can do more than they did, and all of them alike: shares that followed what
  /// each did would leave nothing to compare. Returns whether anything is known.
  private boolean weigh(long now) {
    for (GroupModel groupModel : groupModels.values()) {
      groupModel.seats = 0;
    }
    for (Seat seat : seats) {
      seat.groupModel.seats += seat.node.shut() ? 0 : 1;
    }
    double sum = 0;
    int known = 0;
    for (Seat seat : seats) {
      Limits limits = seat.groupModel.limits();
      double before = seat.share;
      seat.share =
          limits == null
              ? 0
              : limits.tokensPerMinute(lessons, now) / Math.max(seat.groupModel.seats, 1);
      seat.grew = before > 0 && seat.share > GROWTH * before;
      if (seat.share > 0) {
        sum += seat.share;
        known++;
      }
    }
    boolean some = known > 0 && known < seats.length;
    double unknown = some ? unknown(sum / known, now) : 1;
    standIn = some ? standIn : 0;
    for (Seat seat : seats) {
      seat.weight = (float) (1 / (seat.share == 0 ? unknown : seat.share));
    }
    new Paces(seats, lessons.tokensPer(Axis.REQUESTS), now).set();
    return known > 0;
  }

  /// Tokens per minute that stand in where nothing is known. Who can do more than was thought is
  /// not sent all at once what it has not done so far.
  private double unknown(double mean, long now) {
    double perRequest = lessons.tokensPer(Axis.REQUESTS);
    double before = standIn == 0 ? mean / perRequest : standIn;
    double target = Math.max(mean / perRequest, unrefused(now));
    boolean same = target < NOTICED * before && before < NOTICED * target;
    standIn = same ? before : target;
    double growth = standIn / before;
    if (growth > 1) {
      keepLevel(growth, now);
    }
    return standIn * perRequest;
  }

  /// Lifts what those have done of whom nothing is known, who were thought able to do less.
  private void keepLevel(double growth, long now) {
    double rate = context.usageRate();
    Set<GroupModel> unknown = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Seat seat : seats) {
      if (seat.share == 0) {
        Load load = seat.node.load;
        load.raise(now, growth * load.value(now, rate), rate);
        unknown.add(seat.groupModel);
      }
    }
    for (GroupModel group : unknown) {
      group.use.raise(growth * group.use.recent(now), now);
    }
  }

  /// Requests per second that a key's limits are known to grant it; 0 when nothing is known.
  double requestsPerSecond(Node node) {
    for (Seat seat : seats) {
      if (seat.node == node) {
        return seat.share / 60 / lessons.tokensPer(Axis.REQUESTS);
      }
    }
    return 0;
  }

  /// Requests per minute that a key can do at least of which no limit is known.
  private double unrefused(long now) {
    double recent = 0;
    int count = 0;
    for (Seat seat : seats) {
      if (seat.share == 0 && seat.state != Seat.State.OUT) {
        recent += seat.node.recentPerSecond(now);
        count++;
      }
    }
    return count == 0 ? 0 : 60 * UNREFUSED * recent / count;
  }

  /// Starts nodes that are new or back at the median of their tier: from zero they would be taken
  /// by every request at once.
  private void welcome(List<Seat> joiners, List<List<Seat>> steady, long now) {
    double rate = context.usageRate();
    for (Seat joiner : joiners) {
      List<Seat> others = steady.get(joiner.node.spec().priority());
      double load = median(others, seat -> seat.load(now, rate));
      joiner.node.load.raise(now, load / joiner.weight, rate);
    }
  }

  // What conversations used is remembered for longer than a cooldown lasts: a group that is new, or
  // did nothing meanwhile, would be given all that begin, for minutes.
  private void welcomeBack(List<Seat> returning, List<List<Seat>> steady, long now) {
    for (Seat seat : returning) {
      double median = median(steady.get(seat.node.spec().priority()), one -> used(one, now));
      GroupModel group = seat.groupModel;
      group.use.raise(median * Math.max(group.seats, 1) / seat.weight, now);
    }
  }

  /// What conversations used of a seat's group, for its capacity.
  private static double used(Seat seat, long now) {
    GroupModel group = seat.groupModel;
    return group.use.recent(now) * seat.weight / Math.max(group.seats, 1);
  }

  private static double median(List<Seat> seats, ToDoubleFunction<Seat> load) {
    int stride = seats.size() / SAMPLE + 1;
    double[] loads = new double[seats.size() / stride + 1];
    int count = 0;
    for (int i = 0; i < seats.size(); i += stride) {
      loads[count++] = load.applyAsDouble(seats.get(i));
    }
    Arrays.sort(loads, 0, count);
    return count == 0 ? 0 : loads[count / 2];
  }
}
