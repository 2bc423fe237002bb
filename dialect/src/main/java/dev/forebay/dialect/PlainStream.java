package dev.forebay.dialect;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Streams of sound and pictures: typed events, of which the last one ends with `.done` or
/// `.completed`. *Confined to the exchange.*
///
/// There may be several last ones (one per picture), so such a stream is only finished when its
/// body ends.
final class PlainStream extends StreamGrammar {

  private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern USAGE = new Pattern("\"usage\"".getBytes(StandardCharsets.US_ASCII));

  private boolean whole;
  private @Nullable Slice usage;

  PlainStream(Operation operation) {
    super(operation);
  }

  @Override
  void event(StreamEvent event) {
    if (event.dataStartsWith(DONE)) {
      whole = true;
      return;
    }
    event.findKind();
    String kind = event.kind();
    if (kind.equals("error") || kind.isEmpty() && hasError(event.dataSlice())) {
      failed(event.dataSlice());
      return;
    }
    if (inPreamble() && kind.isEmpty() && !Json.isValid(event.dataSlice())) {
      broken();
      return;
    }
    if (!kind.equals("keepalive") && !kind.equals("ping")) {
      content();
    }
    if (kind.endsWith(".done") || kind.endsWith(".completed")) {
      whole = true;
      if (USAGE.find(event.data, event.dataFrom, event.dataTo) >= 0) {
        usage = event.dataSlice();
      }
    }
  }

  @Override
  void readUsage(UsageCount into) throws IOException {
    if (usage != null) {
      try (JsonParser parser = Json.parser(usage)) {
        if (Json.find(parser, "usage")) {
          into.read(parser);
        }
      }
    }
  }

  @Override
  boolean isWhole() {
    return whole;
  }

  @Override
  boolean isUsageFinal() {
    return whole;
  }

  @Override
  int bytesWithoutText() {
    return 0;
  }

  @Override
  String errorJson(GatewayError error) {
    return StreamErrors.openAi(error);
  }
}
