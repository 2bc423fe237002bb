package dev.forebay.dialect;

/// The one header in which a provider takes its key.
public enum CredentialHeader {
  X_API_KEY("x-api-key", ""),
  BEARER("authorization", "Bearer "),
  X_GOOG_API_KEY("x-goog-api-key", "");

  private final String header;
  private final String prefix;

  CredentialHeader(String header, String prefix) {
    this.header = header;
    this.prefix = prefix;
  }

  /// Where the provider wants the key for an operation.
  ///
  /// Gemini refuses a request that carries two kinds of credentials, and its OpenAI-compatible
  /// paths take the bearer form only.
  public static CredentialHeader of(Operation operation) {
    return switch (operation.provider()) {
      case ANTHROPIC -> X_API_KEY;
      case OPENAI -> BEARER;
      case GEMINI -> operation.dialect() == Dialect.GEMINI_GENERATE ? X_GOOG_API_KEY : BEARER;
    };
  }

  /// The header's name, in lower case.
  public String header() {
    return header;
  }

  /// The header's value for a key.
  public String value(String key) {
    return prefix.isEmpty() ? key : prefix + key;
  }
}
