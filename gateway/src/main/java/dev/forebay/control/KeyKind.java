package dev.forebay.control;

import org.jspecify.annotations.Nullable;

/// What credential a provider key is.
public enum KeyKind {
  /// A key that is sent as it is.
  API_KEY("api-key"),
  /// An account that its person connected by consenting at Google; its secret is a refresh token.
  GOOGLE_ACCOUNT("google-account"),
  /// A service account of Google's; its secret is a key file.
  SERVICE_ACCOUNT("service-account");

  private final String id;

  KeyKind(String id) {
    this.id = id;
  }

  /// The word in the database, the API and on the command line.
  public String id() {
    return id;
  }

  /// The kind with this id; null when there is none.
  public static @Nullable KeyKind of(String id) {
    for (KeyKind kind : values()) {
      if (kind.id.equals(id)) {
        return kind;
      }
    }
    return null;
  }
}
