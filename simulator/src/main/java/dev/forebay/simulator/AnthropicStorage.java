package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Anthropic's files and message batches. Event loop only.
final class AnthropicStorage {

  private static final String BATCHES = "/v1/messages/batches";

  private final World world;

  AnthropicStorage(World world) {
    this.world = world;
  }

  static boolean serves(String path) {
    return path.startsWith(BATCHES) || path.equals("/v1/files") || path.startsWith("/v1/files/");
  }

  Opened open(Call call) {
    return new Opened.Ready("", () -> answer(call));
  }

  private Reply answer(Call call) {
    boolean batches = call.path().startsWith(BATCHES);
    String rest = call.path().substring((batches ? BATCHES : "/v1/files").length());
    String[] path = rest.split("/");
    StorageShelf shelf = StorageShelf.of(call);
    String id = path.length > 1 ? path[1] : "";
    String more = path.length > 2 ? path[2] : "";
    String kind = batches ? "batch" : "file";
    String what = call.method() + " " + kind + (id.isEmpty() ? "" : " one") + " " + more;
    return switch (what.strip()) {
      case "POST file" -> upload(call, shelf);
      case "POST batch" -> batch(call, shelf);
      case "GET file", "GET batch" -> list(call, shelf, kind);
      case "GET file one", "GET batch one" -> one(shelf, kind, id);
      case "DELETE file one", "DELETE batch one" -> delete(shelf, kind, id);
      case "GET file one content" -> content(shelf, "file", id, "application/octet-stream");
      case "GET batch one results" -> content(shelf, "batch", id, "application/x-jsonl");
      case "POST batch one cancel" -> one(shelf, kind, id);
      default -> new Reply.Refused(AnthropicErrors.notFound("Not Found"));
    };
  }

  private Reply upload(Call call, StorageShelf shelf) {
    Multipart form = Multipart.of(call);
    if (form == null || !form.has("file")) {
      return new Reply.Refused(AnthropicErrors.invalid("file: Field required"));
    }
    byte[] content = form.value("file").getBytes(StandardCharsets.UTF_8);
    String id = world.id("file_", 24);
    ObjectNode file =
        JsonText.object()
            .put("id", id)
            .put("type", "file")
            .put("filename", "document.txt")
            .put("mime_type", "text/plain")
            .put("size_bytes", content.length)
            .put("created_at", world.clock().now().toString())
            .put("downloadable", true);
    shelf.put("file", id, file, content);
    return Reply.json(file);
  }

  private Reply batch(Call call, StorageShelf shelf) {
    JsonNode body;
    try {
      body = JsonText.parse(call.body());
    } catch (IOException unreadable) {
      return new Reply.Refused(AnthropicErrors.invalid("The request body is not valid JSON"));
    }
    ApiError unknown = unknownFile(call, body);
    if (unknown != null) {
      return new Reply.Refused(unknown);
    }
    String id = world.id("msgbatch_", 24);
    String now = world.clock().now().toString();
    StringBuilder results = new StringBuilder();
    for (JsonNode request : body.path("requests")) {
      results
          .append("{\"custom_id\":\"")
          .append(JsonText.string(request, "custom_id"))
          .append("\",\"result\":{\"type\":\"canceled\"}}\n");
    }
    ObjectNode batch =
        JsonText.object()
            .put("id", id)
            .put("type", "message_batch")
            .put("processing_status", "ended")
            .put("created_at", now)
            .put("ended_at", now)
            .put("expires_at", now)
            .put("results_url", "https://api.anthropic.com" + BATCHES + "/" + id + "/results");
    batch.set(
        "request_counts",
        JsonText.object()
            .put("processing", 0)
            .put("succeeded", 0)
            .put("errored", 0)
            .put("canceled", body.path("requests").size())
            .put("expired", 0));
    batch.putNull("cancel_initiated_at").putNull("archived_at");
    shelf.put("batch", id, batch, results.toString().getBytes(StandardCharsets.UTF_8));
    return Reply.json(batch);
  }

  private static Reply list(Call call, StorageShelf shelf, String kind) {
    int limit = Integer.parseInt(call.request().getParam("limit", "20"));
    return Reply.json(shelf.page(kind, call.request().getParam("after_id", ""), limit));
  }

  private static Reply one(StorageShelf shelf, String kind, String id) {
    StoredThing thing = shelf.find(kind, id);
    return thing == null ? unknown(kind, id) : Reply.json(thing.json());
  }

  private static Reply delete(StorageShelf shelf, String kind, String id) {
    ObjectNode gone =
        JsonText.object()
            .put("id", id)
            .put("type", kind.equals("file") ? "file_deleted" : "message_batch_deleted");
    return shelf.remove(kind, id) ? Reply.json(gone) : unknown(kind, id);
  }

  private static Reply content(StorageShelf shelf, String kind, String id, String type) {
    StoredThing thing = shelf.find(kind, id);
    return thing == null
        ? unknown(kind, id)
        : new Reply.Whole(type, Buffer.buffer(thing.content()), 0);
  }

  private static Reply unknown(String kind, String id) {
    return new Reply.Refused(
        AnthropicErrors.notFound(
            (kind.equals("file") ? "File" : "Message batch") + " not found: " + id));
  }

  /// What is wrong with the files that a request names; null when the workspace has them all.
  static @Nullable ApiError unknownFile(Call call, JsonNode body) {
    StorageShelf shelf = StorageShelf.of(call);
    for (String id : body.findValuesAsText("file_id")) {
      if (shelf.find("file", id) == null) {
        return AnthropicErrors.notFound("File not found: " + id);
      }
    }
    return null;
  }
}
