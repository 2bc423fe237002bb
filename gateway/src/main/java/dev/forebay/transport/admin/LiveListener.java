package dev.forebay.transport.admin;

import dev.forebay.pool.KeyView;
import dev.forebay.pool.PoolListener;
import dev.forebay.pool.ScopedCooling;
import dev.forebay.pool.Status;
import org.jspecify.annotations.Nullable;

/// Hears of the pool for the live feed. It is made before the pool, the feed after it. Thread-safe.
public final class LiveListener implements PoolListener {

  private volatile @Nullable Feed feed;

  Feed open(Picture picture) {
    Feed opened = new Feed(picture);
    feed = opened;
    return opened;
  }

  /// Tells pages that what they show was changed: `keys`, `client-keys`, `settings`, `people`,
  /// `models` or `fallback`.
  public void configChanged(String what) {
    Feed open = feed;
    if (open != null) {
      open.configChanged(what);
    }
  }

  @Override
  public void statusChanged(Status before, KeyView after) {
    Feed open = feed;
    if (open != null) {
      open.statusChanged(before, after);
    }
  }

  @Override
  public void cooled(ScopedCooling cooling) {
    Feed open = feed;
    if (open != null) {
      open.cooled(cooling);
    }
  }

  @Override
  public void reopened(ScopedCooling ended) {
    Feed open = feed;
    if (open != null) {
      open.reopened(ended);
    }
  }
}
