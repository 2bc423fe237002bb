package dev.forebay.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an answer about stored resources says of them. Pure.
public final class StoredAnswer {

  private static final int MOST_IDS = 2_000;

  /// Deeper nothing names what was asked for.
  private static final int DEPTH = 4;

  private StoredAnswer() {}

  /// The ids of everything it names that an account holds; none when it is no JSON.
  public static List<String> ids(Operation operation, Slice answer) {
    List<String> ids = new ArrayList<>(2);
    boolean google = operation.dialect() == Dialect.GEMINI_GENERATE;
    try (JsonParser parser = Json.parser(answer)) {
      int depth = 0;
      for (JsonToken token = parser.nextToken();
          token != null && ids.size() < MOST_IDS;
          token = parser.nextToken()) {
        if (token.isStructStart()) {
          depth++;
        } else if (token.isStructEnd()) {
          depth--;
        } else if (token == JsonToken.VALUE_STRING && depth <= DEPTH) {
          String id = id(parser.currentName(), parser, google);
          if (id != null) {
            ids.add(id);
          }
        }
      }
    } catch (IOException unreadable) {
      return ids;
    }
    return ids;
  }

  private static @Nullable String id(@Nullable String name, JsonParser parser, boolean google)
      throws IOException {
    if (name == null || parser.getTextLength() == 0) {
      return null;
    }
    return switch (name) {
      case "id", "input_file_id", "output_file_id", "error_file_id" ->
          google ? null : parser.getText();
      case "name", "responsesFile", "fileName" -> google ? named(parser.getText()) : null;
      default -> null;
    };
  }

  private static @Nullable String named(String name) {
    return name.startsWith("files/")
            || name.startsWith("cachedContents/")
            || name.startsWith("batches/")
        ? name
        : null;
  }

  /// Whether what that path gets is the content of what is stored, of which nothing is ours to read
  /// or to change, whatever it looks like.
  ///
  /// @param path as the provider takes it, with its query
  public static boolean isContent(String path) {
    int query = path.indexOf('?');
    String name = query < 0 ? path : path.substring(0, query);
    return name.endsWith("/content") || name.endsWith("/results") || name.endsWith(":download");
  }

  /// The splices that lead the addresses of a message batch to the gateway, so that the client
  /// comes back for its results.
  ///
  /// @param own the gateway's address, as the client knows it
  public static List<BodyEdits.Edit> addresses(Slice answer, String own) {
    List<BodyEdits.Edit> edits = new ArrayList<>(1);
    try (JsonParser parser = Json.parser(answer)) {
      int depth = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isStructStart()) {
          depth++;
        } else if (token.isStructEnd()) {
          depth--;
        } else if (token == JsonToken.VALUE_STRING
            && depth == 1
            && "results_url".equals(parser.currentName())) {
          long from = Json.tokenStart(parser);
          String address = redirected(parser.getText(), own);
          edits.add(new BodyEdits.Edit(from, Json.position(parser), Json.quoted(address)));
        }
      }
    } catch (IOException unreadable) {
      return List.of();
    }
    return edits;
  }

  /// An address of the provider's as one of the gateway's.
  public static String redirected(String address, String own) {
    int host = address.indexOf("://");
    int path = host < 0 ? -1 : address.indexOf('/', host + 3);
    return path < 0 ? address : own + address.substring(path);
  }

  /// Under which the upload that goes to that address is remembered; null when it names none.
  public static @Nullable String upload(String address) {
    int question = address.indexOf('?');
    String upload =
        question < 0 ? null : QueryString.last(address.substring(question + 1), "upload_id");
    return upload == null ? null : StoredEndpoints.uploadId(upload);
  }
}
