package dev.forebay.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.forebay.app.remote.Answer;
import dev.forebay.app.remote.ControlClient;
import dev.forebay.app.remote.Json;
import dev.forebay.app.remote.Refusal;
import dev.forebay.app.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `forebay accounts remove`: lets accounts go, here and at Google.
@Command(
    name = "remove",
    description =
        "Remove accounts from the pool and revoke their tokens at Google; their usage stays in the"
            + " history.",
    sortOptions = false,
    usageHelpAutoWidth = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  forebay accounts remove ana@example.com",
      "  forebay accounts remove --yes ana@example.com --json"
    })
final class AccountsRemoveCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      arity = "1..*",
      paramLabel = "ACCOUNT",
      description = "An e-mail or a name that only one account has, or an id.")
  private List<String> names = List.of();

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  @Mixin private final Remote remote;

  AccountsRemoveCommand(Terminal terminal) {
    this.terminal = terminal;
    this.remote = new Remote(terminal);
  }

  @Override
  public Integer call() {
    return remote.call(
        client ->
            AccountSelection.find(client, names)
                .then(found ->
                    yes ? new Answer.Good(found) : new Confirm(terminal, "remove").of(found))
                .then(found -> removed(client, found)),
        answer -> ActionReport.show(terminal, answer),
        ActionReport::code);
  }

  private static Answer removed(ControlClient client, JsonNode accounts) {
    ArrayNode results = Json.array();
    for (JsonNode account : accounts) {
      results.add(
          switch (client.delete(AccountSelection.path(account))) {
            case Answer.Good(JsonNode answer) ->
                ActionReport.of(account, true, answer.path("message").asText())
                    .put("revoked", answer.path("revoked").asBoolean());
            case Answer.Refused(Refusal why) -> ActionReport.of(account, false, why.message());
          });
    }
    return new Answer.Good(Json.object().set("results", results));
  }
}
