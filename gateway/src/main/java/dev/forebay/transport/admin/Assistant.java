package dev.forebay.transport.admin;

import dev.forebay.control.Person;
import dev.forebay.exchange.Directory;
import dev.forebay.transport.admin.Doorkeeper.Credentials;
import dev.forebay.transport.admin.Doorkeeper.Entry;
import dev.forebay.transport.wire.DataPlane;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/// Hands requests of the chat page to the data plane, in the name of the person who is signed in.
/// Thread-safe.
final class Assistant {

  static final String PREFIX = "/api/v1/assistant";

  private final Doorkeeper doorkeeper;
  private final Offload offload;

  Assistant(Doorkeeper doorkeeper, Offload offload) {
    this.doorkeeper = doorkeeper;
    this.offload = offload;
  }

  /// A person as the data plane knows callers.
  record PersonClient(String id, String name) implements Directory.Client {

    static PersonClient of(Person person) {
      return new PersonClient("person:" + person.id(), person.email());
    }
  }

  /// `path` begins with [#PREFIX] and a slash. On the event loop.
  void accept(HttpServerRequest request, String path, DataPlane plane) {
    Credentials shown = Credentials.of(request);
    String query = request.query();
    request.pause();
    offload.then(
        request,
        () -> enter(shown),
        entry -> {
          switch (entry) {
            case Entry.Known(Identity identity) -> {
              SecurityHeaders.data(request);
              plane.serve(
                  request,
                  path.substring(PREFIX.length()),
                  query,
                  PersonClient.of(identity.person()));
            }
            case Entry.Refused(Problem problem) -> deny(request, problem);
            case Entry.Nobody _ ->
                deny(request, Problem.of(401, "not-signed-in", "Sign in first."));
          }
        });
  }

  private Entry enter(Credentials shown) {
    Entry entry = doorkeeper.enter(shown);
    if (entry instanceof Entry.Known(Identity identity)) {
      @Nullable Problem csrf = doorkeeper.csrf(shown, identity);
      return csrf == null ? entry : new Entry.Refused(csrf);
    }
    return entry;
  }

  private static void deny(HttpServerRequest request, Problem problem) {
    request.response().putHeader("connection", "close");
    request.handler(discarded -> {});
    request.resume();
    problem.answer(request);
  }
}
