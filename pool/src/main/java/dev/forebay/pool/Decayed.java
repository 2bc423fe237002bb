package dev.forebay.pool;

import java.time.Duration;

/// An exponentially forgetting sum packed into one long, so that one compare-and-set updates it:
/// the sum as a float in the lower half, the tick it was true at in the upper half. Nothing runs in
/// the background; whoever reads decays it on the way. For exponential decay this equals forward
/// decay from any landmark [1], without a landmark that has to be renewed.
///
/// A tick is 2^24 ns (17 ms): coarse enough for a 32-bit tick to span years, fine enough that the
/// error against a decay of a minute stays below a thousandth.
///
/// [1] G. Cormode, V. Shkapenyuk, D. Srivastava, B. Xu, Forward Decay: A Practical Time Decay Model
/// for Streaming Systems, ICDE 2009.
final class Decayed {

  /// The sum of nothing.
  static final long EMPTY = 0;

  private static final int TICK_SHIFT = 24;

  private static final double HALVINGS = 1 / Math.log(2);
  private static final double MOST_HALVINGS = 1_000;
  private static final int STEPS = 128;
  private static final double[] POWERS = new double[STEPS + 1];

  static {
    for (int i = 0; i <= STEPS; i++) {
      POWERS[i] = Math.pow(2, -(double) i / STEPS);
    }
  }

  private Decayed() {}

  /// What a tick takes away, as the negative exponent per tick.
  static double rate(Duration decay) {
    return (double) (1L << TICK_SHIFT) / decay.toNanos();
  }

  static double value(long packed, long now, double rate) {
    float value = Float.intBitsToFloat((int) packed);
    int ticks = (int) (now >> TICK_SHIFT) - (int) (packed >> 32);
    return ticks <= 0 || value == 0 ? value : value * exp(ticks * rate);
  }

  /// `e^-x` for `x > 0`, to a few parts in a million: `2^-n` is a matter of the exponent's bits,
  /// and the fraction is interpolated.
  private static double exp(double x) {
    double halvings = x * HALVINGS;
    if (halvings >= MOST_HALVINGS) {
      return 0;
    }
    int whole = (int) halvings;
    double step = (halvings - whole) * STEPS;
    int below = (int) step;
    double part = POWERS[below] + (POWERS[below + 1] - POWERS[below]) * (step - below);
    return part * Double.longBitsToDouble((1_023L - whole) << 52);
  }

  static long plus(long packed, long now, double amount, double rate) {
    return pack(value(packed, now, rate) + amount, later(packed, now));
  }

  /// The same for an amount that may be negative.
  static long plusAtLeastZero(long packed, long now, double amount, double rate) {
    return pack(Math.max(value(packed, now, rate) + amount, 0), later(packed, now));
  }

  /// At least `least`.
  static long raised(long packed, long now, double least, double rate) {
    return value(packed, now, rate) >= least ? packed : pack(least, later(packed, now));
  }

  // A thread that read the clock earlier may come later: time inside never runs backwards.
  private static int later(long packed, long now) {
    int then = (int) (packed >> 32);
    int tick = (int) (now >> TICK_SHIFT);
    return tick - then > 0 ? tick : then;
  }

  private static long pack(double value, int tick) {
    return ((long) tick << 32) | (Float.floatToRawIntBits((float) value) & 0xFFFF_FFFFL);
  }
}
