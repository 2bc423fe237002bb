package dev.forebay.transport.admin;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes the contract as a page for people: every call with its parameters, body and answers.
/// Without a script, so that it reads everywhere.
final class DocsPage {

  /// The looks of the console, without its fonts.
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --page: #f7f9fb; --surface: #fff; --line: #e4e9ee; --text: #1a2129; --soft: #5b6875;
        --accent: #1a6bab; --get: #187a48; --change: #9a5700; --remove: #c22436 }
      @media (prefers-color-scheme: dark) { :root { --page: #0e1319; --surface: #141a21; --line: #232b35; --text: #dfe5ec;
        --soft: #94a0ae; --accent: #5da7e0; --get: #4cc38a; --change: #f2ab3c; --remove: #ff8089 } }
      * { box-sizing: border-box }
      html { scroll-padding-top: 1rem }
      body { margin: 0; font: 14px/1.55 system-ui, sans-serif; color: var(--text); background: var(--page);
        display: grid; grid-template-columns: 14rem minmax(0, 54rem); gap: 2.5rem }
      a { color: var(--accent) }
      :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
      nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 1.25rem 1rem 3rem; border-right: 1px solid var(--line);
        font-size: 13px; background: var(--surface) }
      nav a { display: block; padding: .12rem 0; color: var(--soft); text-decoration: none; overflow-wrap: anywhere }
      nav a:hover { color: var(--accent) }
      nav .tag { margin-top: 1rem; font-weight: 600; color: var(--text); text-transform: capitalize }
      nav .home { font-weight: 600; color: var(--accent) }
      main { padding: 1.75rem 1rem 6rem }
      h1 { margin: 0 0 .5rem; font-size: 1.5rem } h2 { margin: 2.75rem 0 .25rem; font-size: 1.1rem; text-transform: capitalize }
      details { border: 1px solid var(--line); border-radius: 8px; margin: .5rem 0; background: var(--surface) }
      summary { cursor: pointer; padding: .55rem .8rem; display: flex; gap: .3rem .75rem; align-items: baseline; flex-wrap: wrap;
        border-radius: 8px }
      summary code { font-weight: 600; overflow-wrap: anywhere } summary span { color: var(--soft) }
      details > div { padding: 0 .8rem .8rem; overflow: auto }
      summary .m { min-width: 3.6rem; font: 600 12px ui-monospace, monospace; color: var(--change) }
      summary .GET { color: var(--get) } summary .DELETE { color: var(--remove) }
      table { border-collapse: collapse; width: 100%; margin: .25rem 0 1rem; font-size: 13px }
      td, th { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0; border-top: 1px solid var(--line) }
      th { font-weight: 500; color: var(--soft); border: 0 }
      code, pre { font: 12.5px/1.5 ui-monospace, monospace }
      pre { overflow: auto; padding: .7rem; border: 1px solid var(--line); border-radius: 8px; margin: .25rem 0 1rem; background: var(--page) }
      h4 { margin: .9rem 0 .1rem } p { margin: .4rem 0 }
      .o { color: var(--soft) }
      @media (max-width: 60rem) {
        body { display: block }
        nav { position: static; height: auto; padding: 1rem; border: 0; border-bottom: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: .25rem 1rem }
        nav .tag { margin: 0; font-weight: 500 } nav .call { display: none }
      }
      """;

  private final StringBuilder out = new StringBuilder(200_000);
  private final JsonObject document;

  private DocsPage(JsonObject document) {
    this.document = document;
  }

  /// The page, with the placeholder of [Page] for its nonce.
  static String of(Contract contract) {
    return new DocsPage(contract.document()).page();
  }

  private String page() {
    JsonObject info = document.getJsonObject("info");
    String title = info.getString("title");
    out.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
        .append(text(title))
        .append("</title><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .append("<link rel=\"icon\" type=\"image/svg+xml\" href=\"/favicon.svg\">")
        .append("<style nonce=\"" + Page.NONCE + "\">")
        .append(STYLE)
        .append("</style></head><body>");
    navigation();
    out.append("<main><h1>").append(text(title)).append("</h1><p>");
    out.append(prose(info.getString("description")));
    out.append("</p><p>Base path <code>/api/v1</code>. The same as a file for programs: ");
    out.append("<a href=\"/api/v1/openapi.yaml\">openapi.yaml</a>.</p>");
    out.append("<pre tabindex=\"0\">curl -H \"authorization: Bearer $FOREBAY_TOKEN\" \\\n");
    out.append("  http://127.0.0.1:4400/api/v1/pool</pre>");
    for (Object tag : document.getJsonArray("tags")) {
      tag((JsonObject) tag);
    }
    return out.append("</main></body></html>").toString();
  }

  private void navigation() {
    out.append("<nav aria-label=\"Calls\"><a class=\"home\" href=\"/\">Console</a>");
    for (Object tag : document.getJsonArray("tags")) {
      String name = ((JsonObject) tag).getString("name");
      out.append("<a class=\"tag\" href=\"#of-").append(text(name)).append("\">");
      out.append(text(name)).append("</a>");
      each(
          name,
          (method, path, operation) -> {
            String id = text(operation.getString("operationId"));
            out.append("<a class=\"call\" href=\"#").append(id).append("\">");
            out.append(id).append("</a>");
          });
    }
    out.append("</nav>");
  }

  @FunctionalInterface
  private interface Visit {
    void call(String method, String path, JsonObject operation);
  }

  private void each(String tag, Visit visit) {
    JsonObject paths = document.getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      JsonObject item = paths.getJsonObject(path);
      for (Map.Entry<String, Object> entry : item) {
        if (entry.getValue() instanceof JsonObject operation
            && operation.getJsonArray("tags", new JsonArray()).contains(tag)) {
          visit.call(entry.getKey().toUpperCase(Locale.ROOT), path, operation);
        }
      }
    }
  }

  private void tag(JsonObject tag) {
    String name = text(tag.getString("name"));
    out.append("<h2 id=\"of-").append(name).append("\">").append(name).append("</h2><p>");
    out.append(prose(tag.getString("description"))).append("</p>");
    if (tag.getString("name").equals("assistant")) {
      out.append("<p>Any path of the data plane below <code>/api/v1/assistant</code>, such as ");
      out.append(
          "<code>/api/v1/assistant/v1/messages</code>, is served as the signed-in person.</p>");
    }
    each(tag.getString("name"), this::operation);
  }

  private void operation(String method, String path, JsonObject operation) {
    out.append("<details id=\"").append(text(operation.getString("operationId")));
    out.append("\"><summary><span class=\"m ").append(method).append("\">").append(method);
    out.append("</span><code>");
    out.append(text(path)).append("</code><span>").append(prose(operation.getString("summary")));
    out.append("</span></summary><div>");
    if (operation.getString("description") != null) {
      out.append("<p>").append(prose(operation.getString("description"))).append("</p>");
    }
    JsonArray security = operation.getJsonArray("security");
    if (security != null && security.isEmpty()) {
      out.append("<p>Open: nobody needs to be signed in.</p>");
    }
    parameters(path, operation);
    JsonObject body = operation.getJsonObject("requestBody");
    if (body != null) {
      out.append("<h4>Body</h4>");
      content(body);
    }
    JsonObject responses = operation.getJsonObject("responses");
    for (String status : responses.fieldNames()) {
      JsonObject response = responses.getJsonObject(status);
      out.append("<h4>").append(text(status)).append(" <span class=\"o\">");
      out.append(prose(response.getString("description"))).append("</span></h4>");
      if (status.startsWith("2")) {
        content(response);
      }
    }
    out.append("</div></details>");
  }

  private void parameters(String path, JsonObject operation) {
    JsonArray all = new JsonArray();
    JsonObject item = document.getJsonObject("paths").getJsonObject(path);
    all.addAll(item.getJsonArray("parameters", new JsonArray()));
    all.addAll(operation.getJsonArray("parameters", new JsonArray()));
    if (all.isEmpty()) {
      return;
    }
    out.append("<h4>Parameters</h4><table>");
    for (Object each : all) {
      JsonObject parameter = (JsonObject) each;
      row(
          parameter.getString("name"),
          parameter.getBoolean("required", false),
          parameter.getJsonObject("schema"),
          parameter.getString("description"));
    }
    out.append("</table>");
  }

  private void content(JsonObject holder) {
    JsonObject content = holder.getJsonObject("content");
    if (content == null) {
      return;
    }
    for (String type : content.fieldNames()) {
      JsonObject schema = content.getJsonObject(type).getJsonObject("schema");
      if (!type.equals("application/json")) {
        out.append("<p><code>").append(text(type)).append("</code></p>");
        continue;
      }
      properties(schema);
      out.append("<pre tabindex=\"0\">").append(text(example(schema).toString())).append("</pre>");
    }
  }

  private void properties(JsonObject schema) {
    JsonObject shown = schema;
    while ("array".equals(shown.getValue("type"))) {
      shown = shown.getJsonObject("items");
    }
    JsonObject properties = shown.getJsonObject("properties");
    if (properties == null) {
      return;
    }
    JsonArray required = shown.getJsonArray("required", new JsonArray());
    out.append("<table><tr><th>Field<th>Type<th>Meaning</tr>");
    for (String name : properties.fieldNames()) {
      JsonObject property = properties.getJsonObject(name);
      row(name, required.contains(name), property, property.getString("description"));
    }
    out.append("</table>");
  }

  private void row(String name, boolean required, JsonObject schema, @Nullable String description) {
    out.append("<tr><td><code>").append(text(name)).append("</code>");
    if (!required) {
      out.append(" <span class=\"o\">optional</span>");
    }
    out.append("<td>").append(text(type(schema))).append("<td>");
    out.append(prose(description)).append("</tr>");
  }

  private static String type(JsonObject schema) {
    JsonArray choices = schema.getJsonArray("enum");
    if (choices != null) {
      return String.join(", ", choices.stream().map(String::valueOf).toList());
    }
    Object type = schema.getValue("type");
    StringBuilder said =
        new StringBuilder(
            type instanceof JsonArray several
                ? String.join(" or ", several.stream().map(String::valueOf).toList())
                : String.valueOf(type));
    if ("array".equals(type)) {
      said.append(" of ").append(type(schema.getJsonObject("items")));
    }
    if (schema.getString("format") != null) {
      said.append(", ").append(schema.getString("format"));
    }
    for (String bound : new String[] {"minimum", "maximum", "minLength", "maxLength", "default"}) {
      if (schema.getValue(bound) != null) {
        said.append(", ").append(bound).append(' ').append(schema.getValue(bound));
      }
    }
    return said.toString();
  }

  /// A value of this shape, to look at.
  private static Object example(JsonObject schema) {
    JsonArray choices = schema.getJsonArray("enum");
    if (choices != null) {
      return quoted(choices.getString(0));
    }
    Object type = schema.getValue("type");
    String first = type instanceof JsonArray several ? several.getString(0) : String.valueOf(type);
    return switch (first) {
      case "object" -> object(schema);
      case "array" -> "[" + indented(example(schema.getJsonObject("items"))) + "]";
      case "integer" -> "1";
      case "number" -> "0.5";
      case "boolean" -> "true";
      default ->
          quoted("date-time".equals(schema.getString("format")) ? "2026-11-23T12:00:00Z" : "…");
    };
  }

  private static String object(JsonObject schema) {
    JsonObject properties = schema.getJsonObject("properties");
    if (properties == null) {
      return "{}";
    }
    StringBuilder json = new StringBuilder("{");
    String separator = "\n  ";
    for (String name : properties.fieldNames()) {
      json.append(separator).append(quoted(name)).append(": ");
      json.append(indented(example(properties.getJsonObject(name))));
      separator = ",\n  ";
    }
    return json.append("\n}").toString();
  }

  private static String indented(Object json) {
    return json.toString().replace("\n", "\n  ");
  }

  private static String quoted(String value) {
    return '"' + value + '"';
  }

  /// Words with names of things between backticks.
  private static String prose(@Nullable String value) {
    return text(value).replaceAll("`([^`]*)`", "<code>$1</code>");
  }

  private static String text(@Nullable String value) {
    return value == null
        ? ""
        : value
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;");
  }
}
