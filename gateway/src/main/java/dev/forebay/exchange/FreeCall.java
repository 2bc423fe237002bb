package dev.forebay.exchange;

import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Provider;
import dev.forebay.secrets.Secret;
import java.util.ArrayList;
import java.util.List;

/// The call that costs nothing at every provider, and still tells whether a key is taken: the list
/// of models.
public final class FreeCall {

  private static final String ANTHROPIC_VERSION = "2023-06-01";

  private FreeCall() {}

  /// The request.
  ///
  /// @param presented what the key shows now
  /// @param most how many models are wanted, as far as the provider lets one say
  public static UpstreamRequest models(
      Provider provider, UpstreamKey key, Secret presented, int most, Limits limits) {
    Operation operation =
        switch (provider) {
          case ANTHROPIC -> Operation.ANTHROPIC_MODELS;
          case OPENAI -> Operation.OPENAI_MODELS;
          case GEMINI -> Operation.GEMINI_MODELS;
        };
    String path =
        switch (provider) {
          case ANTHROPIC -> "/v1/models?limit=" + most;
          case OPENAI -> "/v1/models";
          case GEMINI -> "/v1beta/models?pageSize=" + most;
        };
    List<String> headers = new ArrayList<>();
    key.credential().addTo(headers, operation, presented);
    if (provider == Provider.ANTHROPIC) {
      headers.add("anthropic-version");
      headers.add(ANTHROPIC_VERSION);
    }
    headers.add("accept-encoding");
    headers.add("identity");
    return new UpstreamRequest(
        key.origin(), "GET", key.origin().prefix() + path, headers, List.of(), 0, limits);
  }
}
