package dev.forebay.control;

import dev.forebay.dialect.Provider;
import dev.forebay.secrets.Digest;

/// Identities of what the file declares: the same name is the same key after a restart, whatever
/// else about it changed.
final class KeyIds {
  private static final int LENGTH = 16;

  private KeyIds() {}

  static String providerKey(Provider provider, String name) {
    return "key-" + Digest.sha256(provider.id() + "/" + name).substring(0, LENGTH);
  }

  static String clientKey(String name) {
    return "client-" + Digest.sha256("client/" + name).substring(0, LENGTH);
  }
}
