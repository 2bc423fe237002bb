package dev.forebay.bench.goodput;

import dev.forebay.dialect.Provider;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One organisation at the provider: its limits and its prompt cache. Instants are those of the
/// wall clock. Not thread-safe.
final class Organisation {

  final int number;
  final Quota quota;
  final PromptCache cache;
  private final Flavour flavour;
  private final List<Meter> meters;

  Organisation(int number, Quota quota, Flavour flavour) {
    this.number = number;
    this.quota = quota;
    this.flavour = flavour;
    this.meters = quota.meters(flavour);
    this.cache = new PromptCache(flavour.cacheNanos);
  }

  /// Takes all that is left.
  void spend(long wall) {
    for (Meter meter : meters) {
      meter.take(meter.left(wall), wall);
    }
  }

  /// The limit that is in the way of a job; null when it may come in.
  @Nullable Meter shortOf(Job job, long wall) {
    long read = cache.peek(job, wall);
    for (Meter meter : meters) {
      if (!meter.has(flavour.demand(meter.axis(), job, read), wall)) {
        return meter;
      }
    }
    return null;
  }

  /// Nanoseconds until every limit bears the job if nothing else comes.
  long nanosUntil(Job job, long wall) {
    long read = cache.peek(job, wall);
    long longest = 0;
    for (Meter meter : meters) {
      longest = Math.max(longest, meter.nanosUntil(flavour.demand(meter.axis(), job, read), wall));
    }
    return longest;
  }

  /// The share of the tightest limit that is left.
  double leftShare(long wall) {
    double least = 1;
    for (Meter meter : meters) {
      least = Math.min(least, meter.left(wall) / meter.limit());
    }
    return least;
  }

  /// Lets the job in, or says what is in its way.
  Reply ask(Job job, long wall, long now) {
    Meter shortage = shortOf(job, wall);
    if (shortage != null) {
      double wanted = flavour.demand(shortage.axis(), job, cache.peek(job, wall));
      long wait = shortage.nanosUntil(wanted, wall);
      if (flavour.provider == Provider.OPENAI) {
        takeRequest(wall);
      }
      return new Reply.Exhausted(number, now, gauge(shortage, wall), wait, gauges(wall));
    }
    long read = cache.peek(job, wall);
    for (Meter meter : meters) {
      if (meter.axis() != Axis.OUTPUT) {
        meter.take(flavour.demand(meter.axis(), job, read), wall);
      }
    }
    CacheUse use = cache.use(job, wall);
    return new Reply.Admitted(number, now, use, gauges(wall));
  }

  private void takeRequest(long wall) {
    for (Meter meter : meters) {
      if (meter.axis() == Axis.REQUESTS && meter.has(1, wall)) {
        meter.take(1, wall);
      }
    }
  }

  /// Output is counted as it is generated.
  void generated(long tokens, long wall) {
    for (Meter meter : meters) {
      if (meter.axis() == Axis.OUTPUT) {
        meter.take(tokens, wall);
      }
    }
  }

  private List<Gauge> gauges(long wall) {
    List<Gauge> gauges = new ArrayList<>(meters.size());
    for (Meter meter : meters) {
      gauges.add(gauge(meter, wall));
    }
    return gauges;
  }

  private static Gauge gauge(Meter meter, long wall) {
    long remaining = Math.max(0, (long) (meter.left(wall) + 1e-6));
    return new Gauge(meter.axis(), meter.limit(), remaining, meter.nanosUntilFull(wall));
  }
}
