package dev.forebay.control.google;

import dev.forebay.control.KeyStore;
import dev.forebay.control.ProviderKey;
import dev.forebay.control.SnapshotSource;
import dev.forebay.control.StorageException;
import dev.forebay.control.StoredAccount;
import dev.forebay.control.StoredKey;
import dev.forebay.control.google.Turn.Trouble;
import dev.forebay.exchange.LiveToken;
import dev.forebay.exchange.LiveTokens;
import dev.forebay.pool.Pools;
import dev.forebay.pool.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps an access token ready for every connected account. Thread-safe.
///
/// [#look] is called about once a second: it begins what is due, and tells the pool which accounts
/// have a token to be sent with. Asking Google happens elsewhere, once at a time for each account,
/// whoever wants it: the schedule, a refusal on the data path, or a person. An outage is waited out
/// with growing pauses while tokens that live go on being used; a grant that is over is never asked
/// for again by itself.
public final class TokenRefresher {

  private static final Logger log = LoggerFactory.getLogger(TokenRefresher.class);

  /// A token is not used in its last seconds: it would end on the way.
  static final Duration MARGIN = Duration.ofSeconds(10);

  /// How long before its end a token is replaced: at least, and by how much more at most. An outage
  /// of ten minutes that begins just then passes while the token lives.
  private static final Duration AHEAD = Duration.ofMinutes(12);

  private static final Duration AHEAD_SPREAD = Duration.ofMinutes(3);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
  private static final Duration CLIENT_PAUSE = Duration.ofMinutes(10);
  private static final int AT_ONCE = 16;

  private final String workspace;
  private final KeyStore store;
  private final SnapshotSource snapshots;
  private final LiveTokens tokens;
  private final Pools pools;
  private final Grants grants;
  private final Endings endings;
  private final Ticker ticker;
  private final RandomGenerator random;
  private final Executor executor;
  private final Semaphore turns = new Semaphore(AT_ONCE);
  private final Map<String, Turn> accounts = new ConcurrentHashMap<>();

  /// Remembers that grants are over, and that they are good again.
  public interface Endings {
    void ended(String keyId, String why);

    void revived(String keyId);
  }

  /// @param random thread-safe
  /// @param executor runs what blocks; called on event loops too
  public TokenRefresher(
      String workspace,
      KeyStore store,
      SnapshotSource snapshots,
      Pools pools,
      Grants grants,
      Endings endings,
      Ticker ticker,
      RandomGenerator random,
      Executor executor) {
    this.workspace = workspace;
    this.store = store;
    this.snapshots = snapshots;
    this.tokens = snapshots.tokens();
    this.pools = pools;
    this.grants = grants;
    this.endings = endings;
    this.ticker = ticker;
    this.random = random;
    this.executor = executor;
  }

  /// Begins what is due, and sees to it that the pool uses the accounts that have a token and no
  /// others.
  public void look() {
    long now = ticker.nanos();
    for (ProviderKey key : snapshots.current().keys().values()) {
      StoredAccount account = key.account();
      if (account != null) {
        look(key.id(), account, now);
      }
    }
  }

  private void look(String keyId, StoredAccount account, long now) {
    Turn turn = turn(keyId);
    if (account.endedAt() != null) {
      tokens.of(keyId).clear();
      pools.reject(keyId, account.ending());
      return;
    }
    if (turn.due(now)) {
      var _ = begin(keyId, turn);
    }
    tell(keyId, turn, now);
  }

  /// Tells the pool whether the account has something to be sent with.
  private void tell(String keyId, Turn turn, long now) {
    if (tokens.of(keyId).at(now) != null) {
      pools.release(keyId);
      return;
    }
    Trouble trouble = turn.trouble();
    if (trouble == null) {
      pools.withhold(keyId, "waits for an access token", turn.expected());
    } else if (trouble.rejects()) {
      pools.reject(keyId, trouble.message());
    } else {
      pools.withhold(keyId, trouble.message(), turn.expected());
    }
  }

  private Turn turn(String keyId) {
    return accounts.computeIfAbsent(
        keyId,
        id -> {
          Turn made = new Turn(ticker.nanos(), ticker.now());
          tokens.of(id).keeper(() -> wanted(id, made));
          return made;
        });
  }

  /// The data path met a refusal of the account's token. On an event loop.
  private void wanted(String keyId, Turn turn) {
    turn.at(ticker.nanos());
    var _ = begin(keyId, turn);
  }

  /// Asks for a token, unless that is under way; whoever comes meanwhile is told the same answer.
  private CompletableFuture<TokenAnswer> begin(String keyId, Turn turn) {
    CompletableFuture<TokenAnswer> fresh = new CompletableFuture<>();
    CompletableFuture<TokenAnswer> running = turn.begin(fresh);
    if (running == fresh) {
      executor.execute(() -> run(keyId, turn, fresh));
    }
    return running;
  }

  private void run(String keyId, Turn turn, CompletableFuture<TokenAnswer> result) {
    TokenAnswer answer = new TokenAnswer.Unreachable("Forebay met an error of its own");
    try {
      turns.acquireUninterruptibly();
      try {
        answer = ask(keyId);
      } finally {
        turns.release();
      }
      learn(keyId, turn, answer);
    } catch (RuntimeException e) {
      log.error("the access token of key {} could not be refreshed", keyId, e);
      failed(turn, Trouble.of(answer), LONGEST_PAUSE.toNanos());
    } finally {
      turn.over(result);
      result.complete(answer);
      tell(keyId, turn, ticker.nanos());
    }
  }

  private TokenAnswer ask(String keyId) {
    try {
      StoredKey row = store.key(workspace, keyId).orElse(null);
      StoredAccount account = row == null ? null : row.account();
      return row == null || account == null
          ? new TokenAnswer.Refused("the account has been removed")
          : grants.ask(row, account);
    } catch (StorageException e) {
      return new TokenAnswer.Unreachable("the database cannot be read");
    }
  }

  private void learn(String keyId, Turn turn, TokenAnswer answer) {
    switch (answer) {
      case TokenAnswer.Granted granted -> granted(keyId, turn, granted, ticker.nanos());
      case TokenAnswer.Ended _ -> {
        Trouble trouble = Trouble.of(answer);
        turn.failed(trouble, Long.MAX_VALUE, Instant.MAX);
        tokens.of(keyId).clear();
        pools.reject(keyId, trouble.message());
        endings.ended(keyId, trouble.message());
      }
      case TokenAnswer.ClientRefused _ ->
          failed(turn, Trouble.of(answer), pause(turn, CLIENT_PAUSE));
      case TokenAnswer.Refused _, TokenAnswer.Unreachable _ ->
          failed(turn, Trouble.of(answer), pause(turn, LONGEST_PAUSE));
    }
  }

  private void failed(Turn turn, Trouble trouble, long pause) {
    turn.failed(trouble, ticker.nanos() + pause, ticker.now().plusNanos(pause));
  }

  private void granted(String keyId, Turn turn, TokenAnswer.Granted granted, long now) {
    take(keyId, granted);
    Trouble before = turn.succeeded(now + nextIn(granted.lifetime()));
    if ((before != null && before.rejects()) || ended(keyId)) {
      endings.revived(keyId);
      pools.probed(keyId, true, "accepted again");
    }
    pools.release(keyId);
  }

  /// Whether it is known to be over; one that has no project yet may be.
  private boolean ended(String keyId) {
    ProviderKey key = snapshots.current().keys().get(keyId);
    StoredAccount account = key == null ? null : key.account();
    return account == null || account.endedAt() != null;
  }

  private void take(String keyId, TokenAnswer.Granted granted) {
    Duration used = granted.lifetime().minus(MARGIN);
    LiveToken token = tokens.of(keyId);
    token.put(granted.accessToken(), ticker.nanos() + Math.max(used.toNanos(), 0));
  }

  /// An account begins anew: what was said of it holds no more, and its token is on its way.
  void begins(String keyId) {
    tokens.of(keyId).clear();
    long soon = MARGIN.toNanos();
    turn(keyId).reset(ticker.nanos() + soon, ticker.now().plusNanos(soon));
  }

  /// A token that came with the consent.
  void granted(String keyId, TokenAnswer.Granted granted) {
    granted(keyId, turn(keyId), granted, ticker.nanos());
    // Whatever kept the key out was said of what it had before.
    pools.probed(keyId, true, "connected");
  }

  private long nextIn(Duration lifetime) {
    long ahead = AHEAD.toNanos() + random.nextLong(AHEAD_SPREAD.toNanos());
    return Math.max(lifetime.toNanos() - ahead, lifetime.toNanos() / 2);
  }

  /// Doubles from a second on, and spreads: all accounts fail together when Google does.
  private long pause(Turn turn, Duration longest) {
    long doubled = Duration.ofSeconds(1).toNanos() << Math.min(turn.failures(), 20);
    long most = Math.min(doubled, longest.toNanos());
    return most / 2 + random.nextLong(most / 2);
  }

  /// Asks for a token now, whatever was said before, and waits for the answer.
  TokenAnswer refresh(String keyId) {
    Turn turn = turn(keyId);
    turn.at(ticker.nanos());
    return begin(keyId, turn).join();
  }

  /// The OAuth client is another one: what was said of the one before holds no more.
  public void clientChanged() {
    accounts.values().forEach(turn -> turn.at(ticker.nanos()));
  }

  /// Forgets an account that is gone.
  void forget(String keyId) {
    accounts.remove(keyId);
    tokens.forget(keyId);
  }

  /// How an account stands with Google.
  ///
  /// @param tokenLeft how long its token lives; null when it has none
  /// @param nextIn when Google is asked the next time; null when it is not
  record Standing(
      @Nullable Duration tokenLeft, @Nullable Duration nextIn, @Nullable Trouble trouble) {}

  Standing standing(String keyId) {
    long now = ticker.nanos();
    LiveToken token = tokens.of(keyId);
    Turn turn = accounts.get(keyId);
    boolean live = token.at(now) != null;
    long next = turn == null ? Long.MAX_VALUE : turn.nextAt();
    return new Standing(
        live ? Duration.ofNanos(token.until() - now).plus(MARGIN) : null,
        next == Long.MAX_VALUE ? null : Duration.ofNanos(Math.max(next - now, 0)),
        turn == null ? null : turn.trouble());
  }
}
