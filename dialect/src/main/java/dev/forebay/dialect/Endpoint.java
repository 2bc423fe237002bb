package dev.forebay.dialect;

import org.jspecify.annotations.Nullable;

/// What a request line means.
public sealed interface Endpoint {

  /// A path the gateway serves.
  ///
  /// @param model the model named in the path, decoded and without `models/`; null when the body
  ///   names it or nothing does
  /// @param sse a Gemini stream asked for as server-sent events (`alt=sse`) and not as a JSON array
  /// @param upstreamPath path and query as the provider takes them; the caller's credential is gone
  ///   from the query, all else is as it came
  /// @param resource the id of the stored resource that the path names; null when it names none
  record Found(
      Operation operation,
      @Nullable String model,
      boolean sse,
      String upstreamPath,
      @Nullable String resource)
      implements Endpoint {

    /// A path that names no stored resource.
    public Found(Operation operation, @Nullable String model, boolean sse, String upstreamPath) {
      this(operation, model, sse, upstreamPath, null);
    }

    /// The id of the upload that the request goes on with; null when it is no part of one.
    public @Nullable String upload() {
      return resource != null && StoredEndpoints.isUpload(resource) ? resource : null;
    }

    /// The same with another path at the provider.
    public Found withUpstreamPath(String path) {
      return new Found(operation, model, sse, path, resource);
    }

    /// The same request with another model in the path; without a model there, the same request.
    public Found withModel(String other) {
      return Endpoints.withModel(this, other);
    }
  }

  /// A path the gateway serves, but not with this method; `allowed` is the value of `allow`.
  record WrongMethod(String allowed, Dialect shape) implements Endpoint {}

  /// A path the gateway does not serve; the message names what it does serve.
  record Unsupported(String message, Dialect shape) implements Endpoint {}
}
