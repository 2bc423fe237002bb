package dev.forebay.app;

import dev.forebay.pool.KeyView;
import dev.forebay.pool.PoolListener;
import dev.forebay.pool.ScopedCooling;
import dev.forebay.pool.Status;

/// Two listeners of the pool as one. *Thread-safe.*
record PoolListeners(PoolListener first, PoolListener second) implements PoolListener {

  @Override
  public void statusChanged(Status before, KeyView after) {
    first.statusChanged(before, after);
    second.statusChanged(before, after);
  }

  @Override
  public void cooled(ScopedCooling cooling) {
    first.cooled(cooling);
    second.cooled(cooling);
  }

  @Override
  public void reopened(ScopedCooling ended) {
    first.reopened(ended);
    second.reopened(ended);
  }
}
