package dev.forebay.dialect;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The request lines about what providers store under an id: files, uploads, batches, responses,
/// conversations, completions, cached contents.
///
/// Each belongs to one account of many, so that the id of what it is about is read from the path.
final class StoredEndpoints {

  private static final String GET = "GET";
  private static final String POST = "POST";
  private static final String DELETE = "DELETE";
  private static final String UPLOAD = "upload/";

  private StoredEndpoints() {}

  /// What a path of a provider allows.
  ///
  /// @param methods which there are, separated by commas
  /// @param lists whether GET lists everything there is
  /// @param id of what the path is about; null when it is about nothing yet
  private record Shape(String methods, boolean lists, @Nullable String id) {}

  /// What a request line means; null when it is about nothing stored.
  ///
  /// @param google the caller is one of Google's
  static @Nullable Endpoint match(
      String method,
      RequestPath parts,
      @Nullable String query,
      HeaderLookup headers,
      boolean google) {
    String rest = parts.rest();
    if (rest.startsWith(UPLOAD) || rest.startsWith("download/")) {
      return transfer(method, rest, query);
    }
    Provider provider = provider(parts, headers, google);
    Shape shape =
        switch (provider) {
          case ANTHROPIC -> anthropic(rest.split("/"));
          case OPENAI -> openAi(rest.split("/"));
          case GEMINI -> gemini(rest.split("/"));
        };
    if (shape == null) {
      return null;
    }
    String version = parts.version();
    String fallback = provider == Provider.GEMINI ? "v1beta" : "v1";
    return found(
        method, provider, shape, "/" + (version == null ? fallback : version) + "/" + rest, query);
  }

  private static Provider provider(RequestPath parts, HeaderLookup headers, boolean google) {
    if (parts.vendor() != null) {
      return parts.vendor();
    }
    String family = parts.family();
    if (parts.isGoogleVersion() || family.equals("cachedContents")) {
      return Provider.GEMINI;
    }
    if (family.equals("messages") || headers.get("anthropic-version") != null) {
      return Provider.ANTHROPIC;
    }
    boolean shared = family.equals("files") || family.equals("batches");
    return shared && google ? Provider.GEMINI : Provider.OPENAI;
  }

  private static @Nullable Shape openAi(String[] path) {
    boolean chat = path[0].equals("chat") && path.length > 1 && path[1].equals("completions");
    int at = chat ? 2 : 1;
    String id = path.length > at ? id(path[at]) : null;
    String more = path.length > at + 1 ? path[at + 1] : "";
    int left = path.length - at;
    return switch (path[0]) {
      case "files" ->
          collection(left, id, more, "GET,POST", "GET,DELETE", more.equals("content") ? GET : "");
      case "uploads" ->
          switch (more) {
            case "parts", "complete", "cancel" -> collection(left, id, more, POST, "", POST);
            default -> left == 0 ? new Shape(POST, false, null) : null;
          };
      case "batches" ->
          collection(left, id, more, "GET,POST", GET, more.equals("cancel") ? POST : "");
      case "responses" ->
          switch (more) {
            case "cancel" -> collection(left, id, more, "", "", POST);
            case "input_items" -> collection(left, id, more, "", "", GET);
            default -> left == 1 && id != null ? new Shape("GET,DELETE", false, id) : null;
          };
      case "conversations" -> conversations(left, id, more);
      case "chat" ->
          chat
              ? collection(
                  left, id, more, GET, "GET,POST,DELETE", more.equals("messages") ? GET : "")
              : null;
      default -> null;
    };
  }

  private static @Nullable Shape conversations(int left, @Nullable String id, String more) {
    return switch (left) {
      case 0 -> new Shape(POST, false, null);
      case 1 -> id == null ? null : new Shape("GET,POST,DELETE", false, id);
      case 2 -> id != null && more.equals("items") ? new Shape("GET,POST", false, id) : null;
      case 3 -> id != null && more.equals("items") ? new Shape("GET,DELETE", false, id) : null;
      default -> null;
    };
  }

  private static @Nullable Shape anthropic(String[] path) {
    boolean batches = path[0].equals("messages") && path.length > 1 && path[1].equals("batches");
    if (!batches && !path[0].equals("files")) {
      return null;
    }
    int at = batches ? 2 : 1;
    String id = path.length > at ? id(path[at]) : null;
    String more = path.length > at + 1 ? path[at + 1] : "";
    String inner =
        switch (more) {
          case "content" -> batches ? "" : GET;
          case "results" -> batches ? GET : "";
          case "cancel" -> batches ? POST : "";
          default -> "";
        };
    return collection(path.length - at, id, more, "GET,POST", "GET,DELETE", inner);
  }

  private static @Nullable Shape gemini(String[] path) {
    String family = path[0];
    if (!family.equals("files") && !family.equals("cachedContents") && !family.equals("batches")) {
      return null;
    }
    if (path.length == 1) {
      return new Shape(family.equals("batches") ? GET : "GET,POST", true, null);
    }
    if (path.length > 2) {
      return null;
    }
    String named = QueryString.decoded(path[1]);
    int colon = named.lastIndexOf(':');
    String verb = colon < 0 ? "" : named.substring(colon + 1);
    String id = id(colon < 0 ? path[1] : named.substring(0, colon));
    if (id == null) {
      return null;
    }
    String methods =
        switch (verb) {
          case "" -> family.equals("cachedContents") ? "GET,PATCH,DELETE" : "GET,DELETE";
          case "download" -> GET;
          case "cancel" -> POST;
          default -> "";
        };
    return methods.isEmpty() ? null : new Shape(methods, false, family + "/" + id);
  }

  /// A collection, one of it, or something of that one.
  private static @Nullable Shape collection(
      int left, @Nullable String id, String more, String all, String one, String inner) {
    return switch (left) {
      case 0 -> all.isEmpty() ? null : new Shape(all, all.contains(GET), null);
      case 1 -> id == null || one.isEmpty() ? null : new Shape(one, false, id);
      case 2 ->
          id == null || inner.isEmpty() || more.isEmpty() ? null : new Shape(inner, false, id);
      default -> null;
    };
  }

  /// Google's `/upload/{version}/files` and `/download/{version}/files/{id}:download`.
  private static @Nullable Endpoint transfer(String method, String rest, @Nullable String query) {
    RequestPath inner = RequestPath.of(rest.substring(rest.indexOf('/') + 1));
    String version = inner.version();
    if (version == null || !inner.family().equals("files")) {
      return null;
    }
    if (rest.startsWith(UPLOAD)) {
      String upload = QueryString.last(query, "upload_id");
      Shape shape = new Shape("POST,PUT", false, upload == null ? null : uploadId(upload));
      return inner.rest().equals("files")
          ? found(method, Provider.GEMINI, shape, "/upload/" + version + "/files", query)
          : null;
    }
    Shape shape = gemini(inner.rest().split("/"));
    return shape == null
        ? null
        : found(method, Provider.GEMINI, shape, "/download/" + version + "/" + inner.rest(), query);
  }

  /// Under which an upload that has begun is remembered.
  static String uploadId(String upload) {
    return UPLOAD + upload;
  }

  /// Whether what is remembered under that id is an upload: no other id may begin so.
  static boolean isUpload(String id) {
    return id.startsWith(UPLOAD);
  }

  private static Endpoint found(
      String method, Provider provider, Shape shape, String path, @Nullable String query) {
    Operation operation = operation(provider, method, shape);
    boolean allowed = false;
    for (String known : shape.methods().split(",")) {
      allowed |= known.equals(method);
    }
    if (!allowed) {
      return new Endpoint.WrongMethod(shape.methods().replace(",", ", "), operation.dialect());
    }
    String kept = query == null ? "" : QueryString.withoutCredentials(query);
    return new Endpoint.Found(
        operation, null, false, kept.isEmpty() ? path : path + "?" + kept, shape.id());
  }

  private static Operation operation(Provider provider, String method, Shape shape) {
    boolean reads = method.equals(GET) || method.equals(DELETE);
    boolean lists = reads && shape.lists();
    return switch (provider) {
      case ANTHROPIC ->
          lists
              ? Operation.ANTHROPIC_STORED_LIST
              : reads ? Operation.ANTHROPIC_STORED : Operation.ANTHROPIC_STORE;
      case OPENAI ->
          lists
              ? Operation.OPENAI_STORED_LIST
              : reads ? Operation.OPENAI_STORED : Operation.OPENAI_STORE;
      case GEMINI ->
          lists
              ? Operation.GEMINI_STORED_LIST
              : reads ? Operation.GEMINI_STORED : Operation.GEMINI_STORE;
    };
  }

  /// A decoded id; null when it would lead out of its place in the path.
  private static @Nullable String id(String segment) {
    String id = QueryString.decoded(segment);
    if (id.isEmpty() || id.equals(".") || id.equals("..") || id.indexOf('/') >= 0) {
      return null;
    }
    for (int i = 0; i < id.length(); i++) {
      if (id.charAt(i) < ' ' || id.charAt(i) == 0x7f) {
        return null;
      }
    }
    return id.toLowerCase(Locale.ROOT).startsWith(UPLOAD) ? null : id;
  }
}
