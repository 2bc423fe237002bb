package dev.forebay.control.keys;

import dev.forebay.control.StoredKey;
import dev.forebay.control.audit.Actor;

/// Is told of connected accounts that were removed, so that they are let go at their provider too.
@FunctionalInterface
public interface AccountFarewell {

  /// Never blocks: changes of keys wait for it.
  void removed(Actor actor, StoredKey account);
}
