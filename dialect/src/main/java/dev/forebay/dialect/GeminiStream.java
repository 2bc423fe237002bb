package dev.forebay.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// The stream of Gemini's generateContent: whole responses, each a piece of the answer, and no mark
/// at the end. *Confined to the exchange.*
final class GeminiStream extends StreamGrammar {

  // Without the closing quote: a search looks at the last byte first, and quotes are everywhere.
  private static final Pattern USAGE =
      new Pattern("\"usageMetadata".getBytes(StandardCharsets.US_ASCII));
  private static final byte[] ERROR_FIRST = "\"error\"".getBytes(StandardCharsets.US_ASCII);

  private final boolean sse;

  /// The latest chunk that states the usage: figures are running totals.
  private byte[] usageData = {};

  private int usageFrom;
  private int usageTo;

  GeminiStream(Operation operation, boolean sse) {
    super(operation);
    this.sse = sse;
  }

  @Override
  void event(StreamEvent event) throws IOException {
    int key = Bytes.skipSpace(event.data, event.dataFrom + 1, event.dataTo);
    if (Bytes.startsWith(event.data, key, event.dataTo, ERROR_FIRST)
        && hasError(event.dataSlice())) {
      failed(event.dataSlice());
      return;
    }
    if (inPreamble()) {
      preamble(event.dataSlice());
    }
    counted(event.dataLength());
    if (USAGE.find(event.data, event.dataFrom, event.dataTo) >= 0) {
      usageData = event.data;
      usageFrom = event.dataFrom;
      usageTo = event.dataTo;
    }
  }

  private void preamble(Slice json) {
    try (JsonParser parser = Json.parser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        broken();
        return;
      }
      boolean something = false;
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        JsonToken value = parser.nextToken();
        switch (name) {
          case "candidates" -> something |= candidates(parser);
          case "error" -> {
            if (Json.isSomething(parser)) {
              failed(json);
              return;
            }
          }
          case "promptFeedback" -> something |= hasSome(parser, "blockReason");
          case "responseId" -> {
            if (value == JsonToken.VALUE_STRING) {
              resourceId(parser.getText());
            }
          }
          default -> {}
        }
        parser.skipChildren();
      }
      if (something) {
        content();
      }
    } catch (IOException e) {
      broken();
    }
  }

  private static boolean candidates(JsonParser parser) throws IOException {
    boolean something = false;
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      return false;
    }
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        switch (name) {
          case "content" -> something |= content(parser);
          case "finishReason" -> something |= Json.isSomething(parser);
          default -> {}
        }
        parser.skipChildren();
      }
    }
    return something;
  }

  private static boolean content(JsonParser parser) throws IOException {
    boolean something = false;
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return false;
    }
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      if (name.equals("parts") && value == JsonToken.START_ARRAY) {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          something |= part(parser);
        }
      }
      parser.skipChildren();
    }
    return something;
  }

  /// Whether a part says anything; a signature does, for the caller has to return it.
  private static boolean part(JsonParser parser) throws IOException {
    boolean something = false;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      something |= !name.equals("thought") && Json.isSomething(parser);
      parser.skipChildren();
    }
    return something;
  }

  private static boolean hasSome(JsonParser parser, String field) throws IOException {
    boolean something = false;
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return false;
    }
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      something |= name.equals(field) && Json.isSomething(parser);
      parser.skipChildren();
    }
    return something;
  }

  @Override
  void readUsage(UsageCount into) throws IOException {
    if (usageTo == usageFrom) {
      return;
    }
    try (JsonParser parser = Json.FACTORY.createParser(usageData, usageFrom, usageTo - usageFrom)) {
      usageTo = usageFrom;
      if (Json.find(parser, "usageMetadata")) {
        into.read(parser);
      }
    }
  }

  /// Google says nothing more at the end than that the body ends.
  @Override
  boolean isWhole() {
    return contentSeen();
  }

  @Override
  boolean isUsageFinal() {
    return signal() == StreamTap.Signal.FINISHED;
  }

  /// Totals run with the chunks: what has been stated covers what has been sent.
  @Override
  long guessedOutput() {
    return count().stated() ? 0 : super.guessedOutput();
  }

  @Override
  int bytesWithoutText() {
    return 300;
  }

  @Override
  String errorJson(GatewayError error) {
    return StreamErrors.gemini(error);
  }

  @Override
  String framed(String errorJson, String newline) {
    return sse ? "data: " + errorJson + newline + newline : errorJson;
  }
}
