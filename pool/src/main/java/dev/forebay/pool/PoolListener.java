package dev.forebay.pool;

/// Told when what can serve changes.
///
/// Called on the thread that noticed, with no lock of the pools held: it must be fast, must not
/// block and must not throw. Changes that only time brings are noticed late, at the next
/// acquisition or view.
public interface PoolListener {

  /// Hears nothing.
  PoolListener NONE = new PoolListener() {};

  /// A key's status became another one.
  default void statusChanged(Status before, KeyView after) {}

  /// A model- or provider-scoped cooldown began or was extended.
  default void cooled(ScopedCooling cooling) {}

  /// A model- or provider-scoped cooldown ended: `ended` is the cooldown as it last stood.
  default void reopened(ScopedCooling ended) {}
}
