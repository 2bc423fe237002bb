package dev.forebay.transport.admin;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One operation of the contract: where it is, and what its parameters and body must be. Immutable.
///
/// @param id the contract's `operationId`
/// @param segments the path's, those with a parameter in braces
/// @param open whether it can be called without being signed in
/// @param body what its body must be; null when it has none
record ApiCall(
    String id,
    String method,
    String path,
    String[] segments,
    boolean open,
    List<Parameter> parameters,
    @Nullable Shape body) {

  record Parameter(
      String name, boolean inPath, boolean required, @Nullable Object standard, Shape shape) {}

  static ApiCall of(String method, String path, JsonObject operation, JsonArray shared) {
    List<Parameter> parameters = new ArrayList<>();
    shared.forEach(parameter -> parameters.add(parameter((JsonObject) parameter)));
    operation
        .getJsonArray("parameters", new JsonArray())
        .forEach(parameter -> parameters.add(parameter((JsonObject) parameter)));
    JsonObject body = operation.getJsonObject("requestBody");
    return new ApiCall(
        operation.getString("operationId"),
        method,
        path,
        path.split("/", -1),
        operation.getJsonArray("security") != null && operation.getJsonArray("security").isEmpty(),
        List.copyOf(parameters),
        body == null
            ? null
            : Shape.of(
                body.getJsonObject("content")
                    .getJsonObject("application/json")
                    .getJsonObject("schema")));
  }

  private static Parameter parameter(JsonObject parameter) {
    JsonObject schema = parameter.getJsonObject("schema");
    return new Parameter(
        parameter.getString("name"),
        "path".equals(parameter.getString("in")),
        parameter.getBoolean("required", false),
        schema.getValue("default"),
        Shape.of(schema));
  }

  /// The values of the parameters, checked and with defaults filled in; what is wrong with them is
  /// added to `wrong`.
  Map<String, Object> values(
      Map<String, String> path, Map<String, String> query, List<Problem.Field> wrong) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      String text = (parameter.inPath() ? path : query).get(parameter.name());
      if (text == null) {
        if (parameter.required()) {
          wrong.add(new Problem.Field(parameter.name(), "is required"));
        } else if (parameter.standard() != null) {
          values.put(parameter.name(), parameter.standard());
        }
        continue;
      }
      Object value = parameter.shape().read(text);
      parameter.shape().check(parameter.name(), value, wrong);
      values.put(parameter.name(), value);
    }
    return values;
  }
}
