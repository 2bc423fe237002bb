package dev.forebay.transport.admin;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The API as `openapi.yaml` declares it: which paths there are, and what a call must look like.
/// Immutable.
///
/// @param text the file as it stands
/// @param document the file as a tree, with every reference replaced by what it refers to
/// @param calls in the order of the file
record Contract(byte[] text, JsonObject document, List<ApiCall> calls) {

  static final String RESOURCE = "openapi/openapi.yaml";

  private static final int LARGEST = 4 << 20;
  private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

  /// What a path leads to.
  sealed interface Route {}

  /// @param path the values of the path's parameters
  record Found(ApiCall call, Map<String, String> path) implements Route {}

  /// The path is known with other methods only.
  record WrongMethod(List<String> allowed) implements Route {}

  record Unknown() implements Route {}

  /// Reads the file from the class path. Blocks.
  static Contract load(ClassLoader loader) {
    byte[] text;
    try (InputStream in = loader.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the class path");
      }
      text = in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE + " cannot be read", e);
    }
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(LARGEST);
    Map<String, Object> tree =
        new Yaml(new SafeConstructor(options)).load(new String(text, StandardCharsets.UTF_8));
    JsonObject root = new JsonObject(tree);
    JsonObject document = (JsonObject) resolved(root, root);
    return new Contract(text, document, calls(document));
  }

  /// Replaces references. None of the schemas refers to itself, so this ends.
  private static Object resolved(Object value, JsonObject root) {
    return switch (value) {
      case JsonObject object -> {
        if (object.getValue("$ref") instanceof String reference) {
          yield resolved(referred(root, reference), root);
        }
        JsonObject copy = new JsonObject();
        object.forEach(entry -> copy.put(entry.getKey(), nullable(entry.getValue(), root)));
        yield copy;
      }
      case JsonArray array -> {
        JsonArray copy = new JsonArray();
        array.forEach(item -> copy.add(nullable(item, root)));
        yield copy;
      }
      default -> value;
    };
  }

  private static @Nullable Object nullable(@Nullable Object value, JsonObject root) {
    return value == null ? null : resolved(value, root);
  }

  private static Object referred(JsonObject root, String reference) {
    Object at = root;
    for (String step : reference.substring(2).split("/")) {
      Object next = at instanceof JsonObject object ? object.getValue(step) : null;
      if (next == null) {
        throw new IllegalStateException(RESOURCE + ": " + reference + " leads nowhere");
      }
      at = next;
    }
    return at;
  }

  private static List<ApiCall> calls(JsonObject document) {
    List<ApiCall> calls = new ArrayList<>();
    JsonObject paths = document.getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      JsonObject item = paths.getJsonObject(path);
      JsonArray shared = item.getJsonArray("parameters", new JsonArray());
      for (String method : METHODS) {
        JsonObject operation = item.getJsonObject(method);
        if (operation != null) {
          calls.add(ApiCall.of(method.toUpperCase(Locale.ROOT), path, operation, shared));
        }
      }
    }
    return List.copyOf(calls);
  }

  /// @param path below `/api/v1`, still percent-encoded
  Route route(String method, String path) {
    List<String> allowed = new ArrayList<>();
    String[] segments = path.split("/", -1);
    for (ApiCall call : calls) {
      Map<String, String> values = matched(call.segments(), segments);
      if (values != null) {
        if (call.method().equals(method)) {
          return new Found(call, values);
        }
        allowed.add(call.method());
      }
    }
    return allowed.isEmpty() ? new Unknown() : new WrongMethod(allowed);
  }

  /// The values of the parameters, or null when the path is another one. The file names a path with
  /// a constant segment before the one with a parameter in its place.
  private static @Nullable Map<String, String> matched(String[] template, String[] segments) {
    if (template.length != segments.length) {
      return null;
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < template.length; i++) {
      if (template[i].startsWith("{")) {
        String value = PercentCode.decoded(segments[i]);
        if (value == null || value.isEmpty()) {
          return null;
        }
        values.put(template[i].substring(1, template[i].length() - 1), value);
      } else if (!template[i].equals(segments[i])) {
        return null;
      }
    }
    return values;
  }
}
