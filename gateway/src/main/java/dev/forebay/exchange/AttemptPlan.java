package dev.forebay.exchange;

import dev.forebay.pool.Acquisition;
import dev.forebay.pool.Ask;
import dev.forebay.pool.Conversation;
import dev.forebay.pool.Lease;
import dev.forebay.pool.Outcome;
import dev.forebay.pool.Pool;
import dev.forebay.pool.RetryBudget;
import dev.forebay.pool.Scope;
import dev.forebay.pool.Shortfall;
import dev.forebay.pool.Tally;
import dev.forebay.pool.Ticker;
import dev.forebay.pool.TokenPrice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Decides what an exchange does next with one target: try a key, wait for one, or give up.
///
/// Refusals that take a key out of the pool (throttled, rejected) end by themselves once no key is
/// left, so they are bounded only by `maxAttempts`. Failures of the provider are not: after
/// [#FREE_FAILURES] of them only a key that is ready at once is tried, and every retry after a
/// failure is paid from the retry budget, so that an outage is not amplified.
///
/// Confined to the exchange. Sends nothing and reads no clock but the ticker.
final class AttemptPlan {

  /// Failures after which the plan no longer waits for a key.
  static final int FREE_FAILURES = 2;

  /// Failures after which the plan gives up, whoever else is ready.
  static final int MOST_FAILURES = 5;

  private static final Duration SHORTEST_WAIT = Duration.ofMillis(10);
  private static final Duration FIRST_POLL = Duration.ofMillis(20);
  private static final Duration LONGEST_POLL = Duration.ofMillis(250);

  private final Pool pool;
  private final RetryBudget retryBudget;
  private final Ticker ticker;
  private final RandomGenerator random;
  private final Patience patience;
  private final long inputTokens;
  private final long outputCap;
  private final TokenPrice price;
  private final Conversation conversation;
  private @Nullable String onlyGroup;
  private final List<String> tried = new ArrayList<>(4);
  private Duration poll = FIRST_POLL;
  private int failures;
  private int accountsAsked;
  private boolean broke;
  private boolean searching;

  // Keys whose limits never hold so much, which are not tried again.
  private final List<String> outgrown = new ArrayList<>(0);
  private boolean othersWait;

  AttemptPlan(
      Pool pool,
      RetryBudget retryBudget,
      Patience patience,
      long inputTokens,
      long outputCap,
      TokenPrice price,
      @Nullable String onlyGroup,
      Conversation conversation,
      Ticker ticker,
      RandomGenerator random) {
    this.pool = pool;
    this.retryBudget = retryBudget;
    this.ticker = ticker;
    this.random = random;
    this.patience = patience;
    this.inputTokens = inputTokens;
    this.outputCap = outputCap;
    this.price = price;
    this.onlyGroup = onlyGroup;
    this.conversation = conversation;
    retryBudget.request();
  }

  /// What to do next.
  sealed interface Decision {
    /// Send an attempt with this lease.
    record Try(Lease lease) implements Decision {}

    /// Ask again after `delay`; the [Patience] is to be told how long it was.
    record Wait(Duration delay) implements Decision {}

    /// No key of this target serves; `tally` says why.
    record GiveUp(Tally tally) implements Decision {}
  }

  Decision next() {
    if (patience.spent() || failures >= MOST_FAILURES || broke) {
      return new Decision.GiveUp(tally());
    }
    Acquisition acquired = acquire();
    if (acquired instanceof Acquisition.Unavailable && mayRepeat()) {
      // Nobody untried is left: those that failed may have come back, or say when they will.
      tried.clear();
      acquired = acquire();
    }
    return switch (acquired) {
      case Acquisition.Granted(Lease lease) -> {
        patience.attempted();
        yield new Decision.Try(lease);
      }
      case Acquisition.Unavailable(Tally tally) -> waitOrGiveUp(tally);
    };
  }

  /// Records how the last attempt ended; the lease has been settled.
  void refused(String keyId, Outcome outcome) {
    switch (outcome) {
      case Outcome.Failed ignored -> {
        failures++;
        tried.add(keyId);
        broke = !retryBudget.tryRetry();
      }
      case Outcome.Throttled throttled -> {
        if (throttled.scope() == Scope.PROVIDER_MODEL) {
          failures++;
        }
      }
      case Outcome.Served ignored -> {}
      case Outcome.SlowDown ignored -> {}
      case Outcome.Unequipped ignored -> {}
      case Outcome.KeyRejected ignored -> {}
      case Outcome.RequestRejected ignored -> {}
      case Outcome.OverLimit ignored -> {}
      case Outcome.Abandoned ignored -> {
        failures++;
        tried.add(keyId);
      }
    }
  }

  /// Records that the limits of this key's account never hold so much, whichever of the keys of its
  /// limit group is asked. Whoever can serve it is the new home of its conversation.
  void outgrew(String keyId, String group) {
    addGroup(outgrown, keyId, group);
  }

  /// Records that this key's account does not hold the resource the request names, whichever of the
  /// keys of its limit group is asked.
  void doesNotOwn(String keyId, String group) {
    onlyGroup = null;
    searching = true;
    accountsAsked++;
    addGroup(tried, keyId, group);
  }

  private void addGroup(List<String> to, String keyId, String group) {
    to.add(keyId);
    for (String other : pool.keysOf(group)) {
      if (!other.equals(keyId)) {
        to.add(other);
      }
    }
  }

  /// How many accounts do not hold the resource.
  int accountsAsked() {
    return accountsAsked;
  }

  /// Records that the owner of the resource keeps it from this key.
  void mayNot(String keyId) {
    searching = true;
    tried.add(keyId);
  }

  /// Whether the limit group is known that holds the resource, so that nobody else is asked.
  boolean knowsOwner() {
    return onlyGroup != null;
  }

  /// What those wait for who can be served by the same keys.
  WaitingRoom.Wish wish() {
    String group = onlyGroup == null ? pool.home(ask()) : onlyGroup;
    return new WaitingRoom.Wish(pool.provider(), pool.model(), group);
  }

  /// The limit group whose keys alone may serve the model; null when there are several.
  @Nullable String loneGroup() {
    return pool.loneGroup();
  }

  /// What those wait for whom any key will do.
  WaitingRoom.Wish anyKey() {
    return new WaitingRoom.Wish(pool.provider(), pool.model(), null);
  }

  /// Whether others wait for a key of the model.
  void othersWait(boolean now) {
    othersWait = now;
  }

  /// Whether the keys that have its conversation's prompt cache can serve it now.
  boolean hasRoomAtHome() {
    return onlyGroup == null && pool.hasRoomAtHome(ask());
  }

  /// Why no key can serve this request, whoever has been tried, and when one may. Of those who are
  /// looked for an owner among, only who has not been asked may.
  Tally tally() {
    return pool.tally(ask(searching ? all(tried) : outgrown));
  }

  /// What keeps limit groups from serving this request, the soonest first.
  List<Shortfall> shortfalls(int most) {
    return pool.shortfalls(ask(outgrown), most);
  }

  /// Whether the plan gives up if the attempt under way turns out a failure of the provider.
  boolean lastTry() {
    if (failures < FREE_FAILURES) {
      return false;
    }
    // The key under way still counts as ready.
    return failures + 1 >= MOST_FAILURES || pool.tally().ready() <= 1;
  }

  private boolean mayRepeat() {
    return !tried.isEmpty() && !searching && failures <= FREE_FAILURES;
  }

  private Acquisition acquire() {
    return pool.acquire(ask(), random);
  }

  private Ask ask() {
    return ask(all(tried));
  }

  /// With those that are never tried again.
  private List<String> all(List<String> some) {
    if (outgrown.isEmpty()) {
      return some;
    }
    List<String> all = new ArrayList<>(outgrown);
    all.addAll(some);
    return all;
  }

  private Ask ask(List<String> without) {
    Duration left = Duration.ofNanos(Math.max(patience.leftNanos(), 0));
    // Where the prompt is cached is of no use to who must go elsewhere.
    Conversation at = searching ? Conversation.NONE : conversation;
    return new Ask(inputTokens, outputCap, without, onlyGroup, price, at, left, othersWait);
  }

  private Decision waitOrGiveUp(Tally tally) {
    long delay = failures <= FREE_FAILURES ? delayNanos(tally) : Long.MAX_VALUE;
    return delay > patience.leftNanos()
        ? new Decision.GiveUp(tally)
        : new Decision.Wait(Duration.ofNanos(delay));
  }

  private long delayNanos(Tally tally) {
    long delay = Long.MAX_VALUE;
    if (tally.nextAt().isPresent()) {
      Duration until = Duration.between(ticker.now(), tally.nextAt().get());
      // A jitter up, so that those who wait for one key do not all ask in the same instant.
      delay =
          Math.max(SHORTEST_WAIT.toNanos(), until.toNanos())
              + random.nextLong(SHORTEST_WAIT.toNanos());
    }
    if (tally.busy() > 0) {
      delay = Math.min(delay, poll.toNanos());
      Duration doubled = poll.multipliedBy(2);
      poll = doubled.compareTo(LONGEST_POLL) > 0 ? LONGEST_POLL : doubled;
    }
    return delay;
  }
}
