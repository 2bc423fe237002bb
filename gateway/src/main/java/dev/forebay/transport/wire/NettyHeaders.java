package dev.forebay.transport.wire;

import dev.forebay.exchange.Headers;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Iterator;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Headers as Netty's decoder read them. Event loop only.
public final class NettyHeaders implements Headers {

  private final HttpHeaders headers;

  public NettyHeaders(HttpHeaders headers) {
    this.headers = headers;
  }

  @Override
  public @Nullable String get(String lowerCaseName) {
    return headers.get(KnownNames.of(lowerCaseName));
  }

  @Override
  public void each(BiConsumer<String, String> action) {
    Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iteratorCharSequence();
    while (all.hasNext()) {
      Map.Entry<CharSequence, CharSequence> header = all.next();
      action.accept(header.getKey().toString(), header.getValue().toString());
    }
  }
}
