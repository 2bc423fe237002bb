package dev.forebay.transport.admin;

import dev.forebay.control.StorageException;
import dev.forebay.transport.admin.Doorkeeper.Credentials;
import dev.forebay.transport.admin.Doorkeeper.Entry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Leads calls of the API from the wire to their handlers. Thread-safe.
///
/// ```
/// event loop      read what the request shows of itself, pause it
/// virtual thread  route, who is it, may they, is it their own page      ─▶ a problem
/// event loop      read the body, within the limit
/// virtual thread  check parameters and body against the contract, do it ─▶ a problem
/// event loop      write the answer
/// ```
///
/// Nothing of a body is read before it is known who sends it.
final class Api {

  static final String PREFIX = "/api/v1";

  private static final int LARGEST_BODY = 4 << 20;
  private static final int LARGEST_OPEN_BODY = 16 << 10;

  private final Supplier<Contract> contract;
  private final Doorkeeper doorkeeper;
  private final Offload offload;
  private final Map<String, Function<ApiRequest, ApiAnswer>> handlers;

  Api(
      Supplier<Contract> contract,
      Doorkeeper doorkeeper,
      Offload offload,
      Map<String, Function<ApiRequest, ApiAnswer>> handlers) {
    this.contract = contract;
    this.doorkeeper = doorkeeper;
    this.offload = offload;
    this.handlers = Map.copyOf(handlers);
  }

  /// What a request shows of itself. Everything in it was read on the event loop.
  private record Shown(
      String method,
      String path,
      @Nullable String query,
      Credentials credentials,
      String agent,
      String origin,
      boolean encrypted) {}

  /// Whether a call may go on.
  private sealed interface Admission {
    record Granted(Contract.Found found, @Nullable Identity identity) implements Admission {}

    record Denied(Problem problem) implements Admission {}
  }

  /// Answers a call; `path` begins with [#PREFIX]. On the event loop.
  void accept(HttpServerRequest request, String path) {
    boolean encrypted = SecurityHeaders.isEncrypted(request);
    Credentials credentials = Credentials.of(request);
    String agent = request.getHeader("user-agent");
    Shown shown =
        new Shown(
            request.method().name(),
            path.substring(PREFIX.length()),
            request.query(),
            credentials,
            agent == null ? "" : agent,
            (encrypted ? "https://" : "http://") + credentials.host(),
            encrypted);
    if (!credentials.changes()) {
      offload.then(request, () -> whole(shown), answer -> answer.write(request));
      return;
    }
    request.pause();
    offload.then(
        request,
        () -> admit(shown),
        admission -> {
          switch (admission) {
            case Admission.Denied(Problem problem) -> deny(request, problem);
            case Admission.Granted granted -> read(request, shown, granted);
          }
        });
  }

  private static void deny(HttpServerRequest request, Problem problem) {
    if (!request.isEnded()) {
      request.response().putHeader("connection", "close");
      request.handler(discarded -> {});
      request.resume();
    }
    problem.answer(request);
  }

  private void read(HttpServerRequest request, Shown shown, Admission.Granted granted) {
    int limit = granted.found().call().open() ? LARGEST_OPEN_BODY : LARGEST_BODY;
    BodyReader.read(
        request,
        limit,
        body ->
            offload.then(
                request, () -> answer(shown, granted, body), answer -> answer.write(request)));
  }

  /// A call without a body, in one go.
  private ApiAnswer whole(Shown shown) {
    return switch (admit(shown)) {
      case Admission.Denied(Problem problem) -> new ApiAnswer.Refused(problem);
      case Admission.Granted granted -> answer(shown, granted, Buffer.buffer());
    };
  }

  private Admission admit(Shown shown) {
    try {
      return switch (contract.get().route(shown.method(), shown.path())) {
        case Contract.Unknown _ ->
            denied(404, "not-found", "The API has no such path; see /api/docs.");
        case Contract.WrongMethod(List<String> allowed) ->
            denied(
                405,
                "method-not-allowed",
                shown.method()
                    + " is not possible here; use "
                    + String.join(" or ", allowed)
                    + ".");
        case Contract.Found found -> admit(shown, found);
      };
    } catch (StorageException e) {
      return new Admission.Denied(storage(e));
    }
  }

  private Admission admit(Shown shown, Contract.Found found) {
    Access access = Access.of(found.call().id());
    return switch (doorkeeper.enter(shown.credentials())) {
      case Entry.Refused(Problem problem) -> new Admission.Denied(problem);
      case Entry.Nobody _ ->
          access == Access.ANYONE
              ? new Admission.Granted(found, null)
              : denied(401, "not-signed-in", "Sign in first, or send an API token.");
      case Entry.Known(Identity identity) -> {
        Problem csrf =
            access == Access.ANYONE ? null : doorkeeper.csrf(shown.credentials(), identity);
        if (csrf != null) {
          yield new Admission.Denied(csrf);
        }
        yield access == Access.MANAGER && !identity.manages()
            ? denied(403, "forbidden", "Only owners and admins may do this.")
            : new Admission.Granted(found, identity);
      }
    };
  }

  private static Admission denied(int status, String type, String title) {
    return new Admission.Denied(Problem.of(status, type, title));
  }

  private ApiAnswer answer(Shown shown, Admission.Granted granted, Buffer sent) {
    ApiCall call = granted.found().call();
    List<Problem.Field> wrong = new ArrayList<>();
    Map<String, String> query = PercentCode.query(shown.query());
    if (query == null) {
      return ApiAnswer.refused(400, "invalid", "The query is not percent-encoded.");
    }
    Map<String, Object> parameters = call.values(granted.found().path(), query, wrong);
    JsonObject body = new JsonObject();
    Shape shape = call.body();
    if (shape != null) {
      Object json = parsed(sent);
      shape.check("", json, wrong);
      if (json instanceof JsonObject object) {
        body = object;
      } else if (wrong.isEmpty()) {
        wrong.add(new Problem.Field("", "must be a JSON object"));
      }
    }
    if (!wrong.isEmpty()) {
      return new ApiAnswer.Refused(Problem.invalid(wrong));
    }
    Function<ApiRequest, ApiAnswer> handler = handlers.get(call.id());
    if (handler == null) {
      throw new IllegalStateException(call.id() + " is in the contract and has no handler");
    }
    ApiRequest request =
        new ApiRequest(
            call,
            parameters,
            body,
            granted.identity(),
            shown.credentials().address(),
            shown.agent(),
            shown.origin(),
            shown.encrypted());
    try {
      return handler.apply(request);
    } catch (StorageException e) {
      return new ApiAnswer.Refused(storage(e));
    }
  }

  private static @Nullable Object parsed(Buffer sent) {
    try {
      return sent.length() == 0 ? null : Json.decodeValue(sent);
    } catch (DecodeException e) {
      return null;
    }
  }

  private static Problem storage(StorageException e) {
    return Problem.of(503, "storage", "The database cannot be used: " + e.problem().message());
  }

  static boolean isRead(HttpMethod method) {
    return method == HttpMethod.GET || method == HttpMethod.HEAD;
  }
}
