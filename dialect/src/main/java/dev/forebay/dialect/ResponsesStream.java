package dev.forebay.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The stream of OpenAI responses: named, numbered events up to `response.completed`. *Confined to
/// the exchange.*
final class ResponsesStream extends StreamGrammar {

  private static final byte[] COMPLETED = ascii("response.completed");
  private static final byte[] INCOMPLETE = ascii("response.incomplete");
  private static final byte[] FAILED = ascii("response.failed");
  private static final byte[] DELTA = ascii(".delta");

  /// The data of the latest event, for its number.
  private byte[] latestData = {};

  private int latestFrom;
  private int latestTo;

  private @Nullable Slice terminal;
  private boolean terminalRead;

  ResponsesStream(Operation operation) {
    super(operation);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  void event(StreamEvent event) throws IOException {
    latestData = event.data;
    latestFrom = event.dataFrom;
    latestTo = event.dataTo;
    event.findKind();
    if (event.isKind(ERROR)) {
      failed(event.dataSlice());
    } else if (event.isKind(COMPLETED) || event.isKind(INCOMPLETE)) {
      terminal = event.dataSlice();
      readResponseId(terminal);
      finished();
    } else if (event.isKind(FAILED)) {
      terminal = event.dataSlice();
      failed(terminal);
    } else {
      if (inPreamble()) {
        preamble(event);
      }
      if (isDelta(event)) {
        counted(event.dataLength());
      }
    }
  }

  private static boolean isDelta(StreamEvent event) {
    int from = event.kindTo - DELTA.length;
    return from > event.kindFrom && Bytes.startsWith(event.kindArray, from, event.kindTo, DELTA);
  }

  private void preamble(StreamEvent event) {
    switch (event.kind()) {
      case "response.created", "response.queued", "response.in_progress" ->
          readResponseId(event.dataSlice());
      case "keepalive", "ping" -> {}
      case "response.output_item.added" -> {
        if (holdsContent(event.dataSlice(), "item")) {
          content();
        }
      }
      case "response.content_part.added", "response.reasoning_summary_part.added" -> {
        if (holdsContent(event.dataSlice(), "part")) {
          content();
        }
      }
      case "" -> unnamed(event.dataSlice());
      default -> content();
    }
  }

  private void readResponseId(Slice json) {
    try (JsonParser parser = Json.parser(json)) {
      if (Json.find(parser, "response")) {
        readId(parser, "id");
      }
    } catch (IOException e) {
      broken();
    }
  }

  /// Whether an item or part has more to it than its frame. Messages and reasoning open empty;
  /// calls open with the name of what is called.
  private boolean holdsContent(Slice json, String field) {
    try (JsonParser parser = Json.parser(json)) {
      if (!Json.find(parser, field) || parser.currentToken() != JsonToken.START_OBJECT) {
        return true;
      }
      boolean frame = false;
      boolean something = false;
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        JsonToken value = parser.nextToken();
        switch (name) {
          case "type" ->
              frame =
                  value == JsonToken.VALUE_STRING
                      && switch (parser.getText()) {
                        case "message",
                            "reasoning",
                            "output_text",
                            "refusal",
                            "summary_text",
                            "reasoning_text" ->
                            true;
                        default -> false;
                      };
          case "content", "summary", "text", "refusal", "encrypted_content", "annotations" ->
              something |= Json.isSomething(parser);
          default -> {}
        }
        parser.skipChildren();
      }
      return !frame || something;
    } catch (IOException e) {
      broken();
      return false;
    }
  }

  @Override
  void readUsage(UsageCount into) throws IOException {
    if (terminal != null && !terminalRead) {
      terminalRead = true;
      try (JsonParser parser = Json.parser(terminal)) {
        if (Json.find(parser, "response")
            && parser.currentToken() == JsonToken.START_OBJECT
            && Json.find(parser, "usage")) {
          into.read(parser);
        }
      }
    }
  }

  @Override
  boolean isWhole() {
    return false;
  }

  @Override
  boolean isUsageFinal() {
    return terminal != null;
  }

  @Override
  int bytesWithoutText() {
    return 220;
  }

  @Override
  String errorJson(GatewayError error) {
    return StreamErrors.openAiResponses(error, nextNumber());
  }

  /// Numbers have no gaps: clients check.
  private long nextNumber() {
    try (JsonParser parser =
        Json.FACTORY.createParser(latestData, latestFrom, latestTo - latestFrom)) {
      return Json.find(parser, "sequence_number") ? parser.getValueAsLong() + 1 : 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
