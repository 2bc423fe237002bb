package dev.forebay.pool;

import java.util.IdentityHashMap;
import java.util.Map;

/// The limit groups of one tier: whose seats are whose, and how much work each did lately for its
/// capacity. Immutable, but for a mean that is remembered for a moment; thread-safe.
final class Kin {

  // Up to this many groups are summed up at every request.
  private static final int FEW = 8;

  private static final long MEAN_TRUST = 100_000_000;

  private final GroupModel[] groups;
  private final int[] hashes;
  private final double[] capacities;
  private final double capacity;

  // The seats of the tier, group by group; those of group i begin at starts[i].
  private final int[] seats;
  private final int[] starts;

  // By seat.
  private final int[] groupOf;

  // Open addressing by the group's hash; one more than the group, 0 where there is none.
  private final int[] slots;

  private volatile Mean mean = new Mean(0, Long.MIN_VALUE);

  private record Mean(double value, long until) {}

  Kin(Seat[] members) {
    Map<GroupModel, Integer> numbers = new IdentityHashMap<>();
    this.groupOf = new int[members.length];
    for (int i = 0; i < members.length; i++) {
      Integer number = numbers.putIfAbsent(members[i].groupModel, numbers.size());
      groupOf[i] = number == null ? numbers.size() - 1 : number;
    }
    int count = numbers.size();
    this.groups = new GroupModel[count];
    this.hashes = new int[count];
    this.capacities = new double[count];
    this.starts = new int[count + 1];
    double sum = 0;
    for (int i = 0; i < members.length; i++) {
      groups[groupOf[i]] = members[i].groupModel;
      capacities[groupOf[i]] += 1 / members[i].weight;
      sum += 1 / members[i].weight;
      starts[groupOf[i] + 1]++;
    }
    this.capacity = sum;
    for (int i = 0; i < count; i++) {
      starts[i + 1] += starts[i];
    }
    this.seats = new int[members.length];
    int[] next = starts.clone();
    for (int i = 0; i < members.length; i++) {
      seats[next[groupOf[i]]++] = i;
    }
    this.slots = new int[Integer.highestOneBit(Math.max(count, 1)) * 4];
    for (int i = 0; i < count; i++) {
      hashes[i] = hash(groups[i].group);
      int slot = slot(hashes[i]);
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = i + 1;
    }
  }

  /// What a home remembers of a group.
  static int hash(Group group) {
    return group.hash;
  }

  private int slot(int hash) {
    return ((hash * 0x9E3779B9) >>> 8) & (slots.length - 1);
  }

  /// The group with that hash; -1 when none of this tier has it.
  int find(int hash) {
    for (int slot = slot(hash); slots[slot] != 0; slot = (slot + 1) & (slots.length - 1)) {
      int group = slots[slot] - 1;
      if (hashes[group] == hash) {
        return group;
      }
    }
    return -1;
  }

  int groupOf(int seat) {
    return groupOf[seat];
  }

  GroupModel groupModel(int group) {
    return groups[group];
  }

  /// How many seats a group has.
  int size(int group) {
    return starts[group + 1] - starts[group];
  }

  /// The seat of a group at `index`, which is taken modulo its size.
  int seat(int group, int index) {
    return seats[starts[group] + index % size(group)];
  }

  /// What conversations used of a group lately, for its capacity.
  double load(int group, long now) {
    return groups[group].used(now) / capacities[group];
  }

  /// The same with what those that began lately are thought to use yet.
  double expected(int group, long now) {
    return groups[group].expected(now) / capacities[group];
  }

  /// What `tokens` add to the load of a group.
  double load(int group, double tokens) {
    return tokens / capacities[group];
  }

  /// What conversations used of the whole tier lately, for its capacity.
  double mean(long now) {
    if (groups.length <= FEW) {
      return sum(now) / capacity;
    }
    Mean known = mean;
    if (now >= known.until) {
      known = new Mean(sum(now) / capacity, now + MEAN_TRUST);
      mean = known;
    }
    return known.value;
  }

  private double sum(long now) {
    double sum = 0;
    for (GroupModel group : groups) {
      sum += group.used(now);
    }
    return sum;
  }
}
