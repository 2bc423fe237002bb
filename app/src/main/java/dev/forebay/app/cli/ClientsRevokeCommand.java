package dev.forebay.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.forebay.app.remote.Answer;
import dev.forebay.app.remote.ControlClient;
import dev.forebay.app.remote.Finder;
import dev.forebay.app.remote.Json;
import dev.forebay.app.remote.Refusal;
import dev.forebay.app.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `forebay clients revoke`: ends client keys for good.
@Command(
    name = "revoke",
    description =
        "Revoke client keys for good: whoever holds one is refused from the next request on.",
    sortOptions = false,
    usageHelpAutoWidth = true,
    footerHeading = "%nExamples:%n",
    footer = {"  forebay clients revoke laptop", "  forebay clients revoke --yes ci --json"})
final class ClientsRevokeCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(arity = "1..*", paramLabel = "CLIENT", description = "Their names or their ids.")
  private List<String> names = new ArrayList<>();

  @Mixin private final Confirm confirm;
  @Mixin private final Remote remote;

  ClientsRevokeCommand(Terminal terminal) {
    this.terminal = terminal;
    this.confirm = new Confirm(terminal, "revoke");
    this.remote = new Remote(terminal);
  }

  @Override
  public Integer call() {
    return remote.call(
        client ->
            client
                .get("/client-keys")
                .then(all -> Finder.CLIENTS.named(all, names))
                .then(confirm::of)
                .then(found -> revoke(client, found)),
        answer -> ActionReport.show(terminal, answer),
        ActionReport::code);
  }

  private static Answer revoke(ControlClient client, JsonNode keys) {
    ArrayNode results = Json.array();
    for (JsonNode key : keys) {
      String id = ControlClient.segment(key.path("id").asText());
      results.add(
          switch (client.delete("/client-keys/" + id)) {
            case Answer.Good _ -> ActionReport.of(key, true, "revoked");
            case Answer.Refused(Refusal why) -> ActionReport.of(key, false, why.message());
          });
    }
    return new Answer.Good(Json.object().set("results", results));
  }
}
