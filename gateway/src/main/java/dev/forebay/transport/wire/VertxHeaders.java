package dev.forebay.transport.wire;

import dev.forebay.exchange.Headers;
import io.vertx.core.MultiMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Headers as Vert.x received them. Event loop only.
public final class VertxHeaders implements Headers {

  private final MultiMap headers;

  public VertxHeaders(MultiMap headers) {
    this.headers = headers;
  }

  @Override
  public @Nullable String get(String lowerCaseName) {
    return headers.get(KnownNames.of(lowerCaseName));
  }

  @Override
  public void each(BiConsumer<String, String> action) {
    for (Map.Entry<String, String> header : headers) {
      action.accept(header.getKey(), header.getValue());
    }
  }
}
