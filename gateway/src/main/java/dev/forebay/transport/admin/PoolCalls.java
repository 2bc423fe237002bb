package dev.forebay.transport.admin;

import java.util.Map;
import java.util.function.Function;

/// The pool's health. Thread-safe.
final class PoolCalls {

  private final Picture picture;

  PoolCalls(Picture picture) {
    this.picture = picture;
  }

  void addTo(Map<String, Function<ApiRequest, ApiAnswer>> handlers) {
    handlers.put("getPool", request -> ApiAnswer.json(picture.whole()));
    handlers.put(
        "getTraffic",
        request ->
            ApiAnswer.json(
                RequestJson.traffic(picture.figures().traffic(request.number("seconds")))));
  }
}
