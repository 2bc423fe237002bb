package dev.forebay.bench.goodput;

import static dev.forebay.bench.goodput.Timeline.SECOND;

import dev.forebay.exchange.Timers;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The ceiling: it sees every limit, cache and outage as it is, and sends nothing that would be
/// refused. Jobs wait in order for as long as a gateway would let them.
///
/// Of the organisations that bear a job it takes the one with most of it in its cache, then the one
/// with most left of its tightest limit.
final class AllKnowing implements Contender {

  private static final long MAX_WAIT = 10 * SECOND;
  private static final long LOOK_AGAIN = SECOND / 2;

  private final World world;
  private final int[] keyOf;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private Timers.@Nullable Timer wake;

  private record Waiting(Job job, Client client, long patience) {}

  AllKnowing(World world) {
    this.world = world;
    this.keyOf = new int[world.organisations.size()];
    for (int key = world.workload.keys() - 1; key >= 0; key--) {
      keyOf[world.workload.organisationOf(key)] = key;
    }
  }

  @Override
  public void arrive(Job job, Client client) {
    waiting.add(new Waiting(job, client, world.time.nanos() + MAX_WAIT));
    pump();
  }

  private void pump() {
    if (wake != null) {
      wake.cancel();
      wake = null;
    }
    while (!waiting.isEmpty()) {
      Waiting first = waiting.getFirst();
      long now = world.time.nanos();
      Organisation best = best(first.job);
      if (best != null) {
        waiting.removeFirst();
        send(keyOf[best.number], first);
      } else if (now >= first.patience) {
        waiting.removeFirst();
        first.client.told(429);
      } else {
        long due = Math.min(now + untilBorne(first.job), first.patience);
        wake = world.time.at(Math.max(due, now + 1), this::pump);
        return;
      }
    }
  }

  private @Nullable Organisation best(Job job) {
    long wall = world.wall();
    Organisation best = null;
    long mostCached = -1;
    double mostLeft = 0;
    for (Organisation each : world.organisations) {
      if (world.down(each.number) || each.shortOf(job, wall) != null) {
        continue;
      }
      long cached = each.cache.peek(job, wall);
      double left = each.leftShare(wall);
      if (cached > mostCached || cached == mostCached && left > mostLeft) {
        best = each;
        mostCached = cached;
        mostLeft = left;
      }
    }
    return best;
  }

  private long untilBorne(Job job) {
    long soonest = LOOK_AGAIN;
    for (Organisation each : world.organisations) {
      if (!world.down(each.number)) {
        soonest = Math.min(soonest, each.nanosUntil(job, world.wall()));
      }
    }
    return soonest;
  }

  private void send(int key, Waiting one) {
    world.sendAtOnce(
        key,
        one.job,
        new Reception() {
          @Override
          public void head(Reply reply) {
            if (!(reply instanceof Reply.Admitted)) {
              one.client.told(429);
            }
          }

          @Override
          public void end(Reply.Admitted reply) {
            one.client.told(200);
          }
        });
  }
}
