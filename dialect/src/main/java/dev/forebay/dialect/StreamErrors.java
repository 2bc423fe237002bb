package dev.forebay.dialect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.forebay.dialect.GatewayError.Words;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/// The JSON of an error that ends a stream, in each dialect; always one line of plain ASCII, for
/// some clients split lines at U+2028.
final class StreamErrors {

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private StreamErrors() {}

  static String openAi(GatewayError error) {
    Words words = error.kind().words();
    return written(json -> {
      json.writeObjectFieldStart("error");
      json.writeStringField("message", error.message());
      json.writeStringField("type", words.openAiType());
      json.writeStringField("param", words.param());
      json.writeStringField("code", words.code());
      json.writeEndObject();
    });
  }

  static String openAiResponses(GatewayError error, long number) {
    Words words = error.kind().words();
    return written(json -> {
      json.writeStringField("type", "error");
      json.writeNumberField("sequence_number", number);
      json.writeStringField("code", words.code());
      json.writeStringField("message", error.message());
      json.writeStringField("param", words.param());
    });
  }

  static String anthropic(GatewayError error) {
    Words words = error.kind().words();
    return written(json -> {
      json.writeStringField("type", "error");
      json.writeObjectFieldStart("error");
      json.writeStringField("type", words.anthropicType());
      json.writeStringField("message", error.message());
      json.writeEndObject();
    });
  }

  static String gemini(GatewayError error) {
    Words words = error.kind().words();
    return written(json -> {
      json.writeObjectFieldStart("error");
      json.writeNumberField("code", error.status());
      json.writeStringField("message", error.message());
      json.writeStringField("status", words.geminiStatus());
      json.writeEndObject();
    });
  }

  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  private static String written(Fields fields) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return text.toString();
  }
}
