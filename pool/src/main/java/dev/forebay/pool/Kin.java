package dev.forebay.pool;

/// The limit groups of one tier: whose seats are whose, and how much work each did lately for its
/// capacity. Immutable, but for a mean that is remembered for a moment; thread-safe.
///
/// Finding a home waits for memory and for nothing else, so what is needed of a group lies in one
/// row of a table, and what conversations used of it in [Places].
final class Kin {

  // Up to this many groups are summed up at every request.
  private static final int FEW = 8;

  private static final long MEAN_TRUST = 100_000_000;

  // A row: the group's hash, where its use lies, its first seat, and one over its capacity as a
  // float. Behind the last there is one more, of which only the first seat is read.
  private static final int ROW = 4;
  private static final int USE = 1;
  private static final int SEAT = 2;
  private static final int PER_CAPACITY = 3;

  private final int[] rows;
  private final long[][] chunks;
  private final double capacity;

  private final GroupModel[] groups;

  // By seat.
  private final int[] groupOf;

  // Open addressing by the group's hash; one more than the group, 0 where there is none.
  private final int[] slots;

  private volatile Mean mean = new Mean(0, Long.MIN_VALUE);

  private record Mean(double value, long until) {}

  /// @param members with those of one group behind each other
  Kin(Seat[] members) {
    this.groupOf = new int[members.length];
    int count = 0;
    for (int i = 0; i < members.length; i++) {
      count += i == 0 || members[i].groupModel != members[i - 1].groupModel ? 1 : 0;
      groupOf[i] = count - 1;
    }
    this.groups = new GroupModel[count];
    double[] capacities = new double[count];
    double sum = 0;
    for (int i = members.length - 1; i >= 0; i--) {
      groups[groupOf[i]] = members[i].groupModel;
      capacities[groupOf[i]] += 1 / members[i].weight;
      sum += 1 / members[i].weight;
    }
    this.capacity = sum;
    this.rows = new int[(count + 1) * ROW];
    Places.Packing packing = new Places.Packing();
    for (int i = 0; i < count; i++) {
      rows[i * ROW] = hash(groups[i].group);
      rows[i * ROW + USE] = packing.pack(groups[i].use.place);
      rows[i * ROW + PER_CAPACITY] = Float.floatToRawIntBits((float) (1 / capacities[i]));
    }
    this.chunks = packing.chunks();
    for (int i = members.length - 1; i >= 0; i--) {
      rows[groupOf[i] * ROW + SEAT] = i;
    }
    rows[count * ROW + SEAT] = members.length;
    this.slots = new int[Integer.highestOneBit(Math.max(count, 1)) * 4];
    for (int i = 0; i < count; i++) {
      int slot = slot(rows[i * ROW]);
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
      if (rows[group * ROW] == hash) {
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
    return rows[(group + 1) * ROW + SEAT] - rows[group * ROW + SEAT];
  }

  /// The seat of a group at `index`, which is taken modulo its size.
  int seat(int group, int index) {
    int size = size(group);
    int first = rows[group * ROW + SEAT];
    return size == 1 ? first : first + index % size;
  }

  /// What conversations used of a group lately, for its capacity.
  double load(int group, long now) {
    return perCapacity(group, recent(group, now));
  }

  /// The same with what those that began lately are thought to use yet.
  double expected(int group, long now) {
    int place = rows[group * ROW + USE];
    double expected = Use.expected(Places.cells(chunks, place), Places.first(place), now);
    return perCapacity(group, expected);
  }

  /// What `tokens` add to the load of a group.
  double perCapacity(int group, double tokens) {
    return tokens * Float.intBitsToFloat(rows[group * ROW + PER_CAPACITY]);
  }

  private double recent(int group, long now) {
    int place = rows[group * ROW + USE];
    return Use.recent(Places.cells(chunks, place), Places.first(place), now);
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
    for (int i = 0; i < groups.length; i++) {
      sum += recent(i, now);
    }
    return sum;
  }
}
