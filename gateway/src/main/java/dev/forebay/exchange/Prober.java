package dev.forebay.exchange;

import dev.forebay.dialect.Provider;
import dev.forebay.pool.KeyView;
import dev.forebay.pool.Pools;
import dev.forebay.pool.Ticker;
import dev.forebay.secrets.Secret;
import java.util.function.Supplier;

/// Asks providers, with a call that costs nothing, whether they take a rejected key again.
///
/// The pool says which keys are due, hourly at most; the list of models is what every provider
/// gives away for free. Event loop only.
public final class Prober {

  private final Pools pools;
  private final Supplier<? extends Directory> directory;
  private final Upstream upstream;
  private final Ticker ticker;

  public Prober(
      Pools pools, Supplier<? extends Directory> directory, Upstream upstream, Ticker ticker) {
    this.pools = pools;
    this.directory = directory;
    this.upstream = upstream;
    this.ticker = ticker;
  }

  /// Probes every rejected key whose turn it is.
  public void probe() {
    for (String keyId : pools.dueForProbe()) {
      KeyView key = pools.view(keyId).orElse(null);
      UpstreamKey reach = directory.get().reach(keyId);
      Provider provider = key == null ? null : Provider.of(key.provider());
      if (reach == null || provider == null) {
        pools.probed(keyId, false, "the key has been removed");
        continue;
      }
      Secret presented = reach.credential().at(ticker.nanos());
      // Without a token there is nothing to ask with; whoever refreshes it says how it is.
      if (presented != null) {
        upstream.send(
            FreeCall.models(provider, reach, presented, 1, directory.get().limits()),
            new Reply(keyId));
      }
    }
  }

  private final class Reply implements Upstream.Answer {

    private final String keyId;
    private int status;

    Reply(String keyId) {
      this.keyId = keyId;
    }

    @Override
    public void head(int answered, Headers headers) {
      status = answered;
    }

    @Override
    public void chunk(byte[] array, int offset, int length) {}

    @Override
    public void end() {
      boolean accepted = status >= 200 && status <= 299;
      pools.probed(
          keyId, accepted, accepted ? "accepted again" : "still refused with status " + status);
    }

    @Override
    public void failed(Upstream.Failure failure) {
      pools.probed(keyId, false, failure.message());
    }
  }
}
