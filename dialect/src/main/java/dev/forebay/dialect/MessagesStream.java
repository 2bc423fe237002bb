package dev.forebay.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// The stream of Anthropic messages: named events from `message_start` to `message_stop`. *Confined
/// to the exchange.*
final class MessagesStream extends StreamGrammar {

  private static final byte[] BLOCK_DELTA = ascii("content_block_delta");
  private static final byte[] BLOCK_START = ascii("content_block_start");
  private static final byte[] BLOCK_STOP = ascii("content_block_stop");
  private static final byte[] MESSAGE_START = ascii("message_start");
  private static final byte[] MESSAGE_DELTA = ascii("message_delta");
  private static final byte[] MESSAGE_STOP = ascii("message_stop");
  private static final byte[] PING = ascii("ping");

  private boolean deltaSeen;

  MessagesStream(Operation operation) {
    super(operation);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  void event(StreamEvent event) throws IOException {
    event.findKind();
    if (event.isKind(BLOCK_DELTA)) {
      if (!inPreamble() || hasText(event.dataSlice(), "delta")) {
        content();
        counted(event.dataLength());
      }
    } else if (event.isKind(BLOCK_START)) {
      if (inPreamble() && opensWithContent(event.dataSlice())) {
        content();
      }
    } else if (event.isKind(MESSAGE_START)) {
      messageStart(event.dataSlice());
    } else if (event.isKind(MESSAGE_DELTA)) {
      messageDelta(event.dataSlice());
    } else if (event.isKind(MESSAGE_STOP)) {
      finished();
    } else if (event.isKind(ERROR)) {
      failed(event.dataSlice());
    } else if (inPreamble() && event.isUnnamed()) {
      unnamed(event.dataSlice());
    } else if (inPreamble() && !event.isKind(PING) && !event.isKind(BLOCK_STOP)) {
      // Clients ignore what they do not know; but nobody knows that it is not the answer.
      content();
    }
  }

  private void messageStart(Slice json) {
    try (JsonParser parser = Json.parser(json)) {
      if (Json.find(parser, "message") && parser.currentToken() == JsonToken.START_OBJECT) {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
          parser.nextToken();
          if (name.equals("id") && parser.currentToken() == JsonToken.VALUE_STRING) {
            resourceId(parser.getText());
          } else if (name.equals("usage")) {
            count().read(parser);
          }
          parser.skipChildren();
        }
      }
    } catch (IOException e) {
      if (inPreamble()) {
        broken();
      }
    }
  }

  /// Its figures are cumulative, and there may be several.
  private void messageDelta(Slice json) {
    content();
    try (JsonParser parser = Json.parser(json)) {
      if (Json.find(parser, "usage")) {
        count().read(parser);
        deltaSeen = true;
      }
    } catch (IOException e) {
      // Without the figures the usage stays a guess.
    }
  }

  /// Whether a block is more than a frame for deltas: a call with its name, a result, redacted
  /// thinking.
  private boolean opensWithContent(Slice json) {
    try (JsonParser parser = Json.parser(json)) {
      if (!Json.find(parser, "content_block") || parser.currentToken() != JsonToken.START_OBJECT) {
        return true;
      }
      boolean frame = false;
      boolean something = false;
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        if (name.equals("type")) {
          String type = parser.getText();
          frame = "text".equals(type) || "thinking".equals(type);
        } else {
          something |= Json.isSomething(parser);
        }
        parser.skipChildren();
      }
      return !frame || something;
    } catch (IOException e) {
      broken();
      return false;
    }
  }

  /// Whether a delta adds anything.
  private boolean hasText(Slice json, String field) {
    try (JsonParser parser = Json.parser(json)) {
      if (!Json.find(parser, field) || parser.currentToken() != JsonToken.START_OBJECT) {
        return true;
      }
      boolean something = false;
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        something |= !name.equals("type") && Json.isSomething(parser);
        parser.skipChildren();
      }
      return something;
    } catch (IOException e) {
      broken();
      return false;
    }
  }

  @Override
  void readUsage(UsageCount into) {
    // Read as they come: a later statement leaves out what has not changed.
  }

  @Override
  boolean isWhole() {
    return false;
  }

  @Override
  boolean isUsageFinal() {
    return deltaSeen && signal() == StreamTap.Signal.FINISHED;
  }

  @Override
  int bytesWithoutText() {
    return 81;
  }

  @Override
  String errorJson(GatewayError error) {
    return StreamErrors.anthropic(error);
  }
}
