package dev.forebay.pool;

import java.util.random.RandomGenerator;

/// The nodes of one workspace that can serve one provider and model. Thread-safe.
public final class Pool {

  private final Pools pools;
  private final String provider;
  private final String model;

  Pool(Pools pools, String provider, String model) {
    this.pools = pools;
    this.provider = provider;
    this.model = model;
  }

  public String provider() {
    return provider;
  }

  public String model() {
    return model;
  }

  /// A lease on the node that should serve next, or why there is none.
  public Acquisition acquire(Ask ask, RandomGenerator random) {
    return pools.acquire(this, ask, random);
  }

  /// The id of the key `acquire` would most likely take now, without taking it; empty for none.
  public String pick(RandomGenerator random) {
    return pools.pick(this, random);
  }

  /// Who cannot serve now and why, and when the first may.
  public Tally tally() {
    return pools.tally(this);
  }
}
