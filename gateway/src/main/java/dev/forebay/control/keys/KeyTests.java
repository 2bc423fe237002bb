package dev.forebay.control.keys;

import dev.forebay.control.ProviderKey;
import dev.forebay.control.SnapshotSource;
import dev.forebay.control.keys.ProviderKeys.ActionResult;
import dev.forebay.dialect.Provider;
import dev.forebay.exchange.Credential;
import dev.forebay.exchange.Origin;
import dev.forebay.exchange.UpstreamKey;
import dev.forebay.pool.Pools;
import dev.forebay.pool.Status;
import dev.forebay.secrets.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Waits for tests of keys, and tells the pool what they say of rejected ones. Thread-safe; blocks.
final class KeyTests {

  /// Longer than a tester takes.
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private static final int AT_ONCE = 16;

  private final KeyTester tester;
  private final SnapshotSource snapshots;
  private final Pools pools;

  KeyTests(KeyTester tester, SnapshotSource snapshots, Pools pools) {
    this.tester = tester;
    this.snapshots = snapshots;
    this.pools = pools;
  }

  /// A key that is not configured.
  private record Candidate(Origin origin, Credential credential) implements UpstreamKey {}

  KeyTest of(Provider provider, Secret secret, @Nullable String baseUrl) {
    Origin origin;
    try {
      origin = KeyRows.origin(provider, baseUrl);
    } catch (IllegalArgumentException e) {
      return unreachable(provider, "The base URL cannot be used: " + e.getMessage() + ".");
    }
    return await(provider, begin(provider, new Candidate(origin, new Credential.ApiKey(secret))));
  }

  Optional<KeyTest> ofConfigured(String id) {
    ProviderKey key = snapshots.current().keys().get(id);
    if (key == null) {
      return Optional.empty();
    }
    return Optional.of(tell(id, await(key.provider(), begin(key.provider(), key))));
  }

  List<ActionResult> ofAll(List<String> ids) {
    List<ActionResult> results = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
      List<@Nullable CompletableFuture<KeyTest>> begun = new ArrayList<>();
      for (String id : some) {
        ProviderKey key = snapshots.current().keys().get(id);
        begun.add(key == null ? null : begin(key.provider(), key));
      }
      for (int i = 0; i < some.size(); i++) {
        results.add(result(some.get(i), begun.get(i)));
      }
    }
    return results;
  }

  private ActionResult result(String id, @Nullable CompletableFuture<KeyTest> begun) {
    ProviderKey key = snapshots.current().keys().get(id);
    if (key == null || begun == null) {
      return new ActionResult(id, false, "there is no such key, or its secret cannot be read");
    }
    KeyTest test = tell(id, await(key.provider(), begun));
    return new ActionResult(id, test.verdict() == KeyTest.Verdict.ACCEPTED, test.message());
  }

  private CompletableFuture<KeyTest> begin(Provider provider, UpstreamKey key) {
    return tester.test(provider, key).toCompletableFuture();
  }

  private static KeyTest await(Provider provider, CompletableFuture<KeyTest> begun) {
    try {
      return begun.get(LONGEST.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unreachable(provider, "The test was interrupted.");
    } catch (TimeoutException e) {
      return unreachable(provider, "No answer came within " + LONGEST.toSeconds() + " seconds.");
    } catch (ExecutionException e) {
      throw new IllegalStateException("a test of a key ended with an exception", e.getCause());
    }
  }

  /// A rejected key that is accepted again may serve at once.
  private KeyTest tell(String id, KeyTest test) {
    boolean rejected =
        pools.view(id).filter(view -> view.status() instanceof Status.Rejected).isPresent();
    if (rejected && test.verdict() == KeyTest.Verdict.ACCEPTED) {
      pools.probed(id, true, "accepted again");
    }
    return test;
  }

  private static KeyTest unreachable(Provider provider, String message) {
    return new KeyTest(KeyTest.Verdict.UNREACHABLE, provider, message, null, List.of());
  }
}
