package dev.forebay.dialect.translate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;

/// JSON as people read it; also proof that it is JSON.
final class Pretty {

  private static final JsonFactory JSON = new JsonFactory();

  private Pretty() {}

  static String json(byte[] json) throws IOException {
    StringWriter text = new StringWriter();
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"));
    try (JsonParser parser = JSON.createParser(json);
        JsonGenerator generator = JSON.createGenerator(text)) {
      generator.setPrettyPrinter(printer);
      parser.nextToken();
      generator.copyCurrentStructure(parser);
      if (parser.nextToken() != null) {
        throw new IOException("more than one value");
      }
    }
    return text.toString();
  }

  /// The data of events, pretty; everything else as it is.
  static void check(byte[] json) throws IOException {
    try (JsonParser parser = JSON.createParser(json)) {
      while (parser.nextToken() != null) {
        // Reading to the end is the check.
      }
    }
  }
}
