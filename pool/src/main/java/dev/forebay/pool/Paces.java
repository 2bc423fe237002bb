package dev.forebay.pool;

/// How fast the seats of one pool may be taken while others have nothing left; see [FairPace].
/// Guarded by the pool's refresh lock.
///
/// Of whom a limit is known keeps to that. Who has an unknown one keeps to what it was sent lately,
/// or to what each of its tier has to bear since others are out, and may do a little more from
/// minute to minute, so that large ones are found out.
final class Paces {

  /// The pace of a key of which no limit is known, for what it was sent lately: a little more than
  /// that, again and again.
  private static final double CURIOSITY = 1.15 / FairPace.PEAK;

  /// So many times what it was sent lately it may have to bear because others are out.
  private static final double BEARABLE = 1.3;

  /// The pace of a key of which more is tried than is known of it, for that: a little more, or it
  /// would not be tried at all.
  private static final double TRYING = 1.06 / FairPace.PEAK;

  private final Seat[] seats;
  private final double perRequest;
  private final long now;

  // By priority: requests per second that were sent lately, to those who are out now as well, and
  // how many are not.
  private final double[] sent = new double[KeySpec.HIGHEST_PRIORITY + 1];
  private final int[] left = new int[KeySpec.HIGHEST_PRIORITY + 1];

  /// @param perRequest tokens that a request counts on average
  Paces(Seat[] seats, double perRequest, long now) {
    this.seats = seats;
    this.perRequest = perRequest;
    this.now = now;
    for (Seat seat : seats) {
      int priority = seat.node.spec().priority();
      sent[priority] += recent(seat);
      left[priority] += seat.state == Seat.State.OUT ? 0 : 1;
    }
  }

  /// Nobody has a pace to keep as long as no limit is known.
  void set() {
    double known = knownMean();
    for (Seat seat : seats) {
      seat.pace.set(known == 0 ? 0 : perSecond(seat, known / 60) / perRequest);
    }
  }

  /// Tokens per minute of a key whose limits are known, of those that are not out if there are any;
  /// 0 when nothing is known.
  private double knownMean() {
    double sum = 0;
    int count = 0;
    double sumLeft = 0;
    int countLeft = 0;
    for (Seat seat : seats) {
      if (seat.share > 0) {
        sum += seat.share;
        count++;
        if (seat.state != Seat.State.OUT) {
          sumLeft += seat.share;
          countLeft++;
        }
      }
    }
    return countLeft > 0 ? sumLeft / countLeft : count > 0 ? sum / count : 0;
  }

  /// Tokens per second.
  private double perSecond(Seat seat, double known) {
    Limits limits = seat.groupModel.limits();
    if (limits != null && seat.share > 0) {
      return seat.share / 60 * Math.max(1, TRYING * limits.trying());
    }
    int priority = seat.node.spec().priority();
    double own = recent(seat);
    double each = sent[priority] / Math.max(left[priority], 1);
    double bearable = Math.max(own, Math.min(each, BEARABLE * own));
    return Math.max(known, CURIOSITY * bearable * perRequest);
  }

  /// Requests per second that a seat was sent lately.
  private double recent(Seat seat) {
    return seat.node.recentPerSecond(now);
  }
}
