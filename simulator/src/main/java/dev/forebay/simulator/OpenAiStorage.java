package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// OpenAI's files, uploads, batches and conversations. Event loop only.
final class OpenAiStorage {

  private static final byte[] NOTHING = {};

  private final World world;

  OpenAiStorage(World world) {
    this.world = world;
  }

  /// Whether the path is one of these.
  static boolean serves(String path) {
    return path.equals("/v1/files")
        || path.startsWith("/v1/files/")
        || path.startsWith("/v1/uploads")
        || path.startsWith("/v1/batches")
        || path.startsWith("/v1/conversations");
  }

  Opened open(Call call) {
    return new Opened.Ready("", () -> answer(call));
  }

  private Reply answer(Call call) {
    String[] path = call.path().substring("/v1/".length()).split("/");
    StorageShelf shelf = StorageShelf.of(call);
    String id = path.length > 1 ? path[1] : "";
    String more = path.length > 2 ? path[2] : "";
    String what = call.method() + " " + path[0] + (id.isEmpty() ? "" : " one") + " " + more;
    return switch (what.strip()) {
      case "POST files" -> upload(call, shelf);
      case "GET files" -> list(call, shelf, "file");
      case "GET files one" -> one(shelf, "file", id);
      case "DELETE files one" -> delete(shelf, "file", id);
      case "GET files one content" -> content(shelf, id);
      case "POST uploads" -> beginUpload(call, shelf);
      case "POST uploads one parts" -> part(call, shelf, id);
      case "POST uploads one complete" -> completeUpload(shelf, id);
      case "POST uploads one cancel" -> change(shelf, "upload", id, "cancelled");
      case "POST batches" -> batch(call, shelf);
      case "GET batches" -> list(call, shelf, "batch");
      case "GET batches one" -> one(shelf, "batch", id);
      case "POST batches one cancel" -> change(shelf, "batch", id, "cancelling");
      case "POST conversations" -> conversation(shelf);
      case "GET conversations one", "POST conversations one" -> one(shelf, "conversation", id);
      case "DELETE conversations one" -> delete(shelf, "conversation", id);
      case "GET conversations one items" -> items(shelf, id);
      default -> new Reply.Refused(OpenAiErrors.notFound(call.method(), call.path()));
    };
  }

  private long now() {
    return world.clock().now().getEpochSecond();
  }

  private Reply upload(Call call, StorageShelf shelf) {
    Multipart form = Multipart.of(call);
    if (form == null || !form.has("file")) {
      return new Reply.Refused(OpenAiErrors.missing("file"));
    }
    byte[] content = form.value("file").getBytes(StandardCharsets.UTF_8);
    return Reply.json(file(shelf, form.value("purpose"), "upload.jsonl", content));
  }

  private ObjectNode file(StorageShelf shelf, String purpose, String name, byte[] content) {
    String id = world.id("file-", 24);
    ObjectNode file =
        JsonText.object()
            .put("id", id)
            .put("object", "file")
            .put("bytes", content.length)
            .put("created_at", now())
            .put("filename", name)
            .put("purpose", purpose.isEmpty() ? "user_data" : purpose)
            .put("status", "processed");
    shelf.put("file", id, file, content);
    return file;
  }

  private static Reply list(Call call, StorageShelf shelf, String kind) {
    int limit = Integer.parseInt(call.request().getParam("limit", "20"));
    ObjectNode page = shelf.page(kind, call.request().getParam("after", ""), limit);
    return Reply.json(page.put("object", "list"));
  }

  private static Reply one(StorageShelf shelf, String kind, String id) {
    StoredThing thing = shelf.find(kind, id);
    return thing == null ? unknown(kind, id) : Reply.json(thing.json());
  }

  private static Reply delete(StorageShelf shelf, String kind, String id) {
    ObjectNode gone =
        JsonText.object()
            .put("id", id)
            .put("object", kind.equals("conversation") ? "conversation.deleted" : kind)
            .put("deleted", true);
    return shelf.remove(kind, id) ? Reply.json(gone) : unknown(kind, id);
  }

  private static Reply content(StorageShelf shelf, String id) {
    StoredThing file = shelf.find("file", id);
    return file == null
        ? unknown("file", id)
        : new Reply.Whole("application/octet-stream", Buffer.buffer(file.content()), 0);
  }

  private static Reply change(StorageShelf shelf, String kind, String id, String status) {
    StoredThing thing = shelf.find(kind, id);
    return thing == null ? unknown(kind, id) : Reply.json(thing.json().put("status", status));
  }

  private Reply beginUpload(Call call, StorageShelf shelf) {
    JsonNode body = body(call);
    String id = world.id("upload_", 24);
    ObjectNode upload =
        JsonText.object()
            .put("id", id)
            .put("object", "upload")
            .put("bytes", body.path("bytes").asLong())
            .put("created_at", now())
            .put("expires_at", now() + 3_600)
            .put("filename", JsonText.string(body, "filename"))
            .put("purpose", JsonText.string(body, "purpose"))
            .put("status", "pending");
    shelf.put("upload", id, upload, NOTHING);
    return Reply.json(upload);
  }

  private Reply part(Call call, StorageShelf shelf, String id) {
    StoredThing upload = shelf.find("upload", id);
    Multipart form = Multipart.of(call);
    if (upload == null) {
      return unknown("upload", id);
    }
    byte[] data = form == null ? NOTHING : form.value("data").getBytes(StandardCharsets.UTF_8);
    byte[] whole = new byte[upload.content().length + data.length];
    System.arraycopy(upload.content(), 0, whole, 0, upload.content().length);
    System.arraycopy(data, 0, whole, upload.content().length, data.length);
    shelf.put("upload", id, upload.json(), whole);
    return Reply.json(
        JsonText.object()
            .put("id", world.id("part_", 24))
            .put("object", "upload.part")
            .put("created_at", now())
            .put("upload_id", id));
  }

  private Reply completeUpload(StorageShelf shelf, String id) {
    StoredThing upload = shelf.find("upload", id);
    if (upload == null) {
      return unknown("upload", id);
    }
    ObjectNode json = upload.json().put("status", "completed");
    json.set(
        "file",
        file(
            shelf,
            JsonText.string(json, "purpose"),
            JsonText.string(json, "filename"),
            upload.content()));
    return Reply.json(json);
  }

  private Reply batch(Call call, StorageShelf shelf) {
    JsonNode body = body(call);
    String input = JsonText.string(body, "input_file_id");
    if (shelf.find("file", input) == null) {
      return unknown("file", input);
    }
    String id = world.id("batch_", 24);
    ObjectNode output = file(shelf, "batch_output", "output.jsonl", NOTHING);
    ObjectNode batch =
        JsonText.object()
            .put("id", id)
            .put("object", "batch")
            .put("endpoint", JsonText.string(body, "endpoint"))
            .put("input_file_id", input)
            .put("completion_window", "24h")
            .put("status", "completed")
            .put("output_file_id", JsonText.string(output, "id"))
            .put("created_at", now());
    shelf.put("batch", id, batch, NOTHING);
    return Reply.json(batch);
  }

  private Reply conversation(StorageShelf shelf) {
    String id = world.id("conv_", 24);
    ObjectNode conversation =
        JsonText.object().put("id", id).put("object", "conversation").put("created_at", now());
    conversation.set("metadata", JsonText.object());
    shelf.put("conversation", id, conversation, NOTHING);
    return Reply.json(conversation);
  }

  private static Reply items(StorageShelf shelf, String id) {
    if (shelf.find("conversation", id) == null) {
      return unknown("conversation", id);
    }
    ObjectNode list = JsonText.object().put("object", "list").put("has_more", false);
    list.set("data", JsonText.array());
    return Reply.json(list.put("first_id", "").put("last_id", ""));
  }

  private static JsonNode body(Call call) {
    try {
      return JsonText.parse(call.body());
    } catch (IOException unreadable) {
      return JsonText.object();
    }
  }

  private static Reply unknown(String kind, String id) {
    return new Reply.Refused(missing(kind, id));
  }

  private static ApiError missing(String kind, String id) {
    String message =
        switch (kind) {
          case "file" -> "No such File object: " + id;
          case "batch" -> "No batch found with id '" + id + "'.";
          case "upload" -> "No upload found with id '" + id + "'.";
          default -> "Conversation with id '" + id + "' not found.";
        };
    return new ApiError(404, "invalid_request_error", null, message);
  }

  /// What is wrong with the files that a request names; null when the account has them all.
  static @Nullable ApiError unknownFile(Call call, JsonNode body) {
    StorageShelf shelf = StorageShelf.of(call);
    for (String id : body.findValuesAsText("file_id")) {
      if (shelf.find("file", id) == null) {
        return missing("file", id);
      }
    }
    return null;
  }
}
