package dev.forebay.pool;

import java.util.AbstractList;

/// What was left of an attempt's limits, put into words only when somebody asks. Immutable.
final class Margins extends AbstractList<Margin> {

  private final Limit[] limits;
  private final long[] marks;

  /// @param marks for each limit two figures, of which the first is what was left
  Margins(Limit[] limits, long[] marks) {
    this.limits = limits;
    this.marks = marks;
  }

  @Override
  public Margin get(int index) {
    Limit limit = limits[index];
    return new Margin(limit.axis, limit.period, limit.limit(), Math.max(marks[2 * index], 0));
  }

  @Override
  public int size() {
    return limits.length;
  }
}
