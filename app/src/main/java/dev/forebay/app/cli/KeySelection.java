package dev.forebay.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.forebay.app.remote.Answer;
import dev.forebay.app.remote.ControlClient;
import dev.forebay.app.remote.Finder;
import dev.forebay.app.remote.Json;
import dev.forebay.app.remote.Refusal;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The keys that a command is about.
final class KeySelection {
  @Parameters(
      arity = "0..*",
      paramLabel = "KEY",
      description = "provider/name, a name that only one key has, or an id.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--all", description = "All keys of the pool.")
  private boolean all;

  boolean isEmpty() {
    return names.isEmpty() && !all;
  }

  /// The keys as the API lists them.
  Answer find(ControlClient client) {
    if (all == !names.isEmpty()) {
      return new Answer.Refused(
          Refusal.local("usage", "name some keys, as in anthropic/team-a, or say --all"));
    }
    return client.get("/keys").then(list -> all ? some(list) : Finder.KEYS.named(list, names));
  }

  private static Answer some(JsonNode list) {
    return list.isEmpty()
        ? new Answer.Refused(
            Refusal.local(
                "not-found", "there are no provider keys yet; 'forebay keys add' adds one"))
        : new Answer.Good(list);
  }

  /// Has something done to the keys.
  static Answer act(ControlClient client, String action, JsonNode keys) {
    ArrayNode ids = Json.array();
    keys.forEach(key -> ids.add(key.path("id").asText()));
    JsonNode body = Json.object().put("action", action).set("ids", ids);
    return client
        .post("/keys/actions", body)
        .then(answer -> new Answer.Good(ActionReport.named(keys, answer)));
  }
}
