package dev.forebay.control.keys;

import dev.forebay.dialect.Provider;
import dev.forebay.exchange.UpstreamKey;
import java.util.concurrent.CompletionStage;

/// Tries a key with a call that costs nothing. Thread-safe.
@FunctionalInterface
public interface KeyTester {

  /// Begins a test; never blocks. The stage always completes, within a time of the tester's own,
  /// and normally: whatever goes wrong is a verdict.
  CompletionStage<KeyTest> test(Provider provider, UpstreamKey key);
}
