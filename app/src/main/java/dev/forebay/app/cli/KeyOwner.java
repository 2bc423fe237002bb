package dev.forebay.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Whose a secret is, and where it is good.
final class KeyOwner {
  @Option(
      names = "--provider",
      paramLabel = "PROVIDER",
      description = "anthropic, openai or gemini; recognised from the secret without it.")
  private @Nullable String provider;

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description = "Another address than the provider's.")
  private @Nullable String baseUrl;

  /// Adds what was said, as the API takes it.
  void putInto(ObjectNode body) {
    KeyDefaults.put(body, "provider", provider);
    KeyDefaults.put(body, "baseUrl", baseUrl);
  }
}
