package dev.forebay.bench.goodput;

import static dev.forebay.bench.goodput.Timeline.MINUTE;
import static dev.forebay.bench.goodput.Timeline.SECOND;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// A balancer as others are built: it learns of a limit by the 429, lets the key cool for as long
/// as the provider asked, tries another, and waits for the first to come back when none is left.
/// Five attempts are the most.
///
/// It knows nothing of organisations, headroom or caches. Without a hint the cooldown begins at a
/// second and doubles up to a minute.
final class Peer implements Contender {

  private static final long MAX_WAIT = 10 * SECOND;
  private static final long FAILURE_COOLDOWN = 5 * SECOND;
  private static final long FIRST_COOLDOWN = SECOND;
  private static final int MOST_ATTEMPTS = 5;

  private final World world;
  private final Policy policy;
  private final RandomGenerator random;
  private final long[] coolUntil;
  private final long[] backoff;
  private final double[] used;
  private final long[] usedAt;
  private int turn;

  Peer(World world, Policy policy, long seed) {
    int keys = world.workload.keys();
    this.world = world;
    this.policy = policy;
    this.random = new SplittableRandom(seed);
    this.coolUntil = new long[keys];
    this.backoff = new long[keys];
    this.used = new double[keys];
    this.usedAt = new long[keys];
  }

  @Override
  public void arrive(Job job, Client client) {
    new Case(job, client, world.time.nanos() + MAX_WAIT).next();
  }

  private final class Case implements Reception {
    private final Job job;
    private final Client client;
    private final long patience;
    private final List<Integer> tried = new ArrayList<>(2);
    private int key;
    private int attempts;
    private boolean failed;

    Case(Job job, Client client, long patience) {
      this.job = job;
      this.client = client;
      this.patience = patience;
    }

    void next() {
      long now = world.time.nanos();
      int chosen = attempts < MOST_ATTEMPTS ? choose(tried, now) : -1;
      if (chosen >= 0) {
        attempts++;
        key = chosen;
        use(key, job.input(), now);
        world.send(key, job, this);
        return;
      }
      long due = Long.MAX_VALUE;
      for (long until : coolUntil) {
        due = Math.min(due, until);
      }
      if (attempts >= MOST_ATTEMPTS || due > patience) {
        client.told(failed ? 503 : 429);
        return;
      }
      tried.clear();
      world.time.at(Math.max(due, now + 1), this::next);
    }

    @Override
    public void head(Reply reply) {
      long now = world.time.nanos();
      switch (reply) {
        case Reply.Admitted _ -> backoff[key] = 0;
        case Reply.Exhausted exhausted -> {
          failed = false;
          cool(now, exhausted);
          tried.add(key);
          next();
        }
        case Reply.Unavailable _ -> {
          coolUntil[key] = now + FAILURE_COOLDOWN;
          failed = true;
          tried.add(key);
          next();
        }
      }
    }

    private void cool(long now, Reply.Exhausted refusal) {
      long hint =
          switch (world.workload.flavour()) {
            case ANTHROPIC, TERSE -> (refusal.pauseNanos() + SECOND - 1) / SECOND * SECOND;
            case OPENAI, GEMINI -> refusal.pauseNanos();
            case SILENT -> {
              backoff[key] = Math.clamp(2 * backoff[key], FIRST_COOLDOWN, MINUTE);
              yield backoff[key];
            }
          };
      coolUntil[key] = Math.max(coolUntil[key], now + hint);
    }

    @Override
    public void end(Reply.Admitted reply) {
      use(key, job.output(), world.time.nanos());
      client.told(200);
    }
  }

  private int choose(List<Integer> tried, long now) {
    int keys = coolUntil.length;
    int best = -1;
    int open = 0;
    int first = policy == Policy.ROUND_ROBIN ? turn++ % keys : 0;
    for (int i = 0; i < keys; i++) {
      int key = (first + i) % keys;
      if (coolUntil[key] > now || tried.contains(key)) {
        continue;
      }
      open++;
      boolean better =
          switch (policy) {
            case RANDOM -> random.nextInt(open) == 0;
            case ROUND_ROBIN, FILL_FIRST -> open == 1;
            case LEAST_USED -> open == 1 || used(key, now) < used(best, now);
          };
      best = better ? key : best;
    }
    return best;
  }

  private double used(int key, long now) {
    return used[key] * Math.exp(-(double) (now - usedAt[key]) / MINUTE);
  }

  private void use(int key, long tokens, long now) {
    used[key] = used(key, now) + tokens;
    usedAt[key] = now;
  }
}
