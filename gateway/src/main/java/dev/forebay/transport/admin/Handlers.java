package dev.forebay.transport.admin;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/// Who answers which call, by the contract's `operationId`.
final class Handlers {

  private Handlers() {}

  static Map<String, Function<ApiRequest, ApiAnswer>> all(ConsoleParts parts, Picture picture) {
    Map<String, Function<ApiRequest, ApiAnswer>> handlers = new HashMap<>();
    new SessionCalls(parts).addTo(handlers);
    new AccountCalls(parts).addTo(handlers);
    new PeopleCalls(parts).addTo(handlers);
    new KeyCalls(parts, picture).addTo(handlers);
    new PoolCalls(picture).addTo(handlers);
    new ClientKeyCalls(parts).addTo(handlers);
    new UsageCalls(parts).addTo(handlers);
    new RequestCalls(parts).addTo(handlers);
    new SettingsCalls(parts).addTo(handlers);
    new ModelCalls(parts).addTo(handlers);
    new FallbackCalls(parts).addTo(handlers);
    new GoogleCalls(parts, picture).addTo(handlers);
    return handlers;
  }
}
