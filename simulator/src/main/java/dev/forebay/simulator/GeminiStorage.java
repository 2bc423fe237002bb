package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gemini's files with their resumable uploads, cached contents and batches. Event loop only.
final class GeminiStorage {

  private static final byte[] NOTHING = {};
  private static final String ORIGIN = "https://generativelanguage.googleapis.com";

  private final World world;

  GeminiStorage(World world) {
    this.world = world;
  }

  static boolean serves(String resource) {
    return resource.equals("files")
        || resource.startsWith("files/")
        || resource.startsWith("cachedContents")
        || resource.startsWith("batches");
  }

  static boolean transfers(String path) {
    return path.startsWith("/upload/") || path.startsWith("/download/");
  }

  Opened open(Call call, String resource) {
    return new Opened.Ready("", () -> answer(call, resource));
  }

  private Reply answer(Call call, String resource) {
    StorageShelf shelf = StorageShelf.of(call);
    int slash = resource.indexOf('/');
    String kind = slash < 0 ? resource : resource.substring(0, slash);
    int colon = resource.lastIndexOf(':');
    String verb = colon < 0 ? "" : resource.substring(colon + 1);
    String name = colon < 0 ? resource : resource.substring(0, colon);
    if (slash < 0) {
      return call.method().equals("POST") && kind.equals("cachedContents")
          ? cache(call, shelf)
          : list(call, shelf, kind);
    }
    StoredThing thing = shelf.find(kind, name);
    if (thing == null) {
      return new Reply.Refused(denied(name));
    }
    return switch (verb) {
      case "download" -> new Reply.Whole("text/plain", Buffer.buffer(thing.content()), 0);
      case "cancel" -> Reply.json(JsonText.object());
      default -> {
        if (call.method().equals("DELETE")) {
          shelf.remove(kind, name);
          yield Reply.json(JsonText.object());
        }
        yield Reply.json(thing.json());
      }
    };
  }

  /// `/upload/v1beta/files`, and the address that it gives.
  Opened transfer(Call call) {
    if (call.path().startsWith("/download/")) {
      String rest = call.path().substring(call.path().indexOf("files/"));
      return open(call, rest);
    }
    return new Opened.Ready("", () -> upload(call));
  }

  private Reply upload(Call call) {
    StorageShelf shelf = StorageShelf.of(call);
    String upload = call.request().getParam("upload_id", "");
    if (call.header("x-goog-upload-command").contains("start")) {
      String id = world.id("AB", 20);
      shelf.put("upload", id, JsonText.object(), NOTHING);
      call.answers(
          "x-goog-upload-url",
          ORIGIN + call.path() + "?upload_id=" + id + "&upload_protocol=resumable");
      call.answers("x-goog-upload-status", "active");
      return new Reply.Whole("text/plain", Buffer.buffer(), 0);
    }
    StoredThing begun = shelf.find("upload", upload);
    if (begun == null) {
      return new Reply.Refused(new ApiError(404, "NOT_FOUND", null, "Upload not found."));
    }
    byte[] whole = new byte[begun.content().length + call.body().length];
    System.arraycopy(begun.content(), 0, whole, 0, begun.content().length);
    System.arraycopy(call.body(), 0, whole, begun.content().length, call.body().length);
    if (!call.header("x-goog-upload-command").contains("finalize")) {
      shelf.put("upload", upload, begun.json(), whole);
      call.answers("x-goog-upload-status", "active");
      return new Reply.Whole("text/plain", Buffer.buffer(), 0);
    }
    String name = "files/" + world.id("", 12).toLowerCase(java.util.Locale.ROOT);
    ObjectNode file =
        JsonText.object()
            .put("name", name)
            .put("mimeType", "text/plain")
            .put("sizeBytes", Integer.toString(whole.length))
            .put("createTime", world.clock().now().toString())
            .put("uri", ORIGIN + "/v1beta/" + name)
            .put("state", "ACTIVE");
    shelf.put("files", name, file, whole);
    call.answers("x-goog-upload-status", "final");
    ObjectNode told = JsonText.object();
    told.set("file", file);
    return Reply.json(told);
  }

  private Reply cache(Call call, StorageShelf shelf) {
    JsonNode body = body(call);
    String name = "cachedContents/" + world.id("", 12).toLowerCase(java.util.Locale.ROOT);
    ObjectNode cache =
        JsonText.object()
            .put("name", name)
            .put("model", JsonText.string(body, "model"))
            .put("createTime", world.clock().now().toString())
            .put("expireTime", world.clock().now().plusSeconds(3_600).toString());
    shelf.put("cachedContents", name, cache, NOTHING);
    return Reply.json(cache);
  }

  /// `models/{model}:batchGenerateContent`.
  Opened batch(Call call, String model) {
    return new Opened.Ready(
        "",
        () -> {
          String name = "batches/" + world.id("", 12).toLowerCase(java.util.Locale.ROOT);
          ObjectNode batch = JsonText.object().put("name", name).put("done", true);
          batch.set(
              "metadata",
              JsonText.object()
                  .put("name", name)
                  .put("model", "models/" + model)
                  .put("state", "BATCH_STATE_SUCCEEDED")
                  .put("createTime", world.clock().now().toString()));
          StorageShelf.of(call).put("batches", name, batch, NOTHING);
          return Reply.json(batch);
        });
  }

  private static Reply list(Call call, StorageShelf shelf, String kind) {
    int size = Integer.parseInt(call.request().getParam("pageSize", "10"));
    String token = call.request().getParam("pageToken", "");
    int from = token.isEmpty() ? 0 : Integer.parseInt(token);
    List<ObjectNode> all = shelf.all(kind);
    List<ObjectNode> page =
        all.subList(Math.min(from, all.size()), Math.min(all.size(), from + size));
    ArrayNode listed = JsonText.array();
    page.forEach(listed::add);
    ObjectNode answer = JsonText.object();
    answer.set(kind.equals("batches") ? "operations" : kind, listed);
    if (from + size < all.size()) {
      answer.put("nextPageToken", Integer.toString(from + size));
    }
    return Reply.json(answer);
  }

  private static JsonNode body(Call call) {
    try {
      return JsonText.parse(call.body());
    } catch (IOException unreadable) {
      return JsonText.object();
    }
  }

  private static ApiError denied(String name) {
    return name.startsWith("files/")
        ? new ApiError(
            403,
            "PERMISSION_DENIED",
            null,
            "You do not have permission to access the File "
                + name.substring("files/".length())
                + " or it may not exist.")
        : name.startsWith("cachedContents/")
            ? new ApiError(
                403, "PERMISSION_DENIED", null, "CachedContent not found (or permission denied)")
            : new ApiError(404, "NOT_FOUND", null, "Requested entity was not found.");
  }

  /// What is wrong with the files and caches that a request names; null when the project has them.
  static @Nullable ApiError unknown(Call call, JsonNode body) {
    StorageShelf shelf = StorageShelf.of(call);
    for (String uri : body.findValuesAsText("fileUri")) {
      int at = uri.indexOf("files/");
      if (at >= 0 && shelf.find("files", uri.substring(at)) == null) {
        return denied(uri.substring(at));
      }
    }
    String cache = JsonText.string(body, "cachedContent");
    return cache.isEmpty() || shelf.find("cachedContents", cache) != null ? null : denied(cache);
  }
}
