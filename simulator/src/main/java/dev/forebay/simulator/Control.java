package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.function.Consumer;

/// The simulator's own endpoints, under `/_simulator/`. Event loop only.
///
/// | method and path | does |
/// |---|---|
/// | `GET state` | keys with their counters, what is left of limits, faults to come |
/// | `POST faults` | scripts faults, or adds standing ones |
/// | `DELETE faults` | ends all faults |
/// | `GET requests`, `DELETE requests` | the latest requests; forgets them |
/// | `PUT pace`, `PUT shape` | changes how fast and how large answers are |
/// | `GET google`, `POST google` | accounts at Google with their counters; lets something go wrong |
/// | `GET google/service-accounts/{email}` | the key file of a service account |
final class Control {

  static final String PREFIX = "/_simulator/";

  private static final int MAX_BODY_BYTES = 1 << 20;

  private static final String KEY_FILES = "google/service-accounts/";

  private final World world;

  Control(World world) {
    this.world = world;
  }

  void handle(HttpServerRequest request) {
    String path = request.path() == null ? "" : request.path();
    String name = path.substring(PREFIX.length());
    String action = request.method() + " " + name;
    if (action.startsWith("GET " + KEY_FILES)) {
      keyFile(request, name.substring(KEY_FILES.length()));
      return;
    }
    switch (action) {
      case "GET state" -> answer(request, 200, StateReport.state(world));
      case "GET requests" -> answer(request, 200, StateReport.requests(world));
      case "DELETE requests" -> {
        world.ledger().clear();
        answer(request, 200, JsonText.object());
      }
      case "DELETE faults" -> {
        world.faults().clear();
        answer(request, 200, JsonText.object());
      }
      case "POST faults" -> read(request, this::addFaults);
      case "PUT pace" -> read(request, body -> world.pace(SpecReader.pace(body, "pace")));
      case "PUT shape" -> read(request, body -> world.shape(SpecReader.shape(body, "shape")));
      case "GET google" -> answer(request, 200, GoogleControl.report(world.google()));
      case "POST google" -> read(request, body -> GoogleControl.act(world.google(), body));
      default -> answer(request, known(request.method(), name) ? 405 : 404, unknown(action));
    }
  }

  private static boolean known(HttpMethod method, String name) {
    return !method.name().isEmpty()
        && switch (name) {
          case "state", "requests", "faults", "pace", "shape", "google" -> true;
          default -> false;
        };
  }

  private static ObjectNode unknown(String action) {
    return JsonText.object()
        .put(
            "error",
            action
                + " (expected: GET state, POST or DELETE faults, GET or DELETE requests, PUT pace,"
                + " PUT shape, GET or POST google)");
  }

  private void keyFile(HttpServerRequest request, String email) {
    try {
      request
          .response()
          .putHeader("content-type", "application/json")
          .end(world.google().serviceAccountFile(email));
    } catch (IllegalArgumentException unknown) {
      answer(request, 404, error(String.valueOf(unknown.getMessage())));
    }
  }

  private void read(HttpServerRequest request, Consumer<JsonNode> action) {
    request
        .body()
        .onSuccess(bytes -> {
          try {
            if (bytes.length() > MAX_BODY_BYTES) {
              throw new IllegalArgumentException(
                  "body: %d bytes (expected: at most %d)"
                      .formatted(bytes.length(), MAX_BODY_BYTES));
            }
            action.accept(JsonText.parse(bytes.getBytes()));
            answer(request, 200, JsonText.object());
          } catch (IOException malformed) {
            answer(request, 400, error("not JSON: " + JsonText.reason(malformed)));
          } catch (IllegalArgumentException wrong) {
            answer(request, 400, error(String.valueOf(wrong.getMessage())));
          }
        });
  }

  private static ObjectNode error(String message) {
    return JsonText.object().put("error", message);
  }

  private void addFaults(JsonNode body) {
    StrictNode fields = StrictNode.of(body, "", "match", "faults", "always", "probability");
    KeyMatcher match = withProvider(FaultReader.match(fields.get("match"), "match"));
    var faults = fields.list("faults", FaultReader::read);
    if (faults.isEmpty()) {
      throw new IllegalArgumentException("faults: missing (expected: a list of faults)");
    }
    if (fields.flag("always") || fields.has("probability")) {
      double probability = fields.fraction("probability", 1);
      faults.forEach(fault -> world.faults().add(new FaultRule(match, fault, probability)));
    } else {
      world.faults().script(match, faults);
    }
  }

  /// A secret must be known, and its provider decides which faults fit.
  private KeyMatcher withProvider(KeyMatcher match) {
    String secret = match.secret();
    if (secret == null || match.provider() != null) {
      return match;
    }
    return world.known(secret).withModel(match.model()).withPath(match.path());
  }

  private static void answer(HttpServerRequest request, int status, JsonNode body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("content-type", "application/json")
        .end(JsonText.pretty(body));
  }
}
