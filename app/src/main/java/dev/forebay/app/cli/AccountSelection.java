package dev.forebay.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebay.app.remote.Answer;
import dev.forebay.app.remote.ControlClient;
import dev.forebay.app.remote.Finder;
import java.util.List;

/// Finds accounts by what people call them.
final class AccountSelection {
  private AccountSelection() {}

  /// The named ones, as the API lists them.
  static Answer find(ControlClient client, List<String> names) {
    return client
        .get("/google/accounts")
        .then(answer -> Finder.ACCOUNTS.named(answer.path("accounts"), names));
  }

  /// The one with this name.
  static Answer find(ControlClient client, String name) {
    return find(client, List.of(name)).then(found -> new Answer.Good(found.get(0)));
  }

  static String path(JsonNode account) {
    return "/google/accounts/" + ControlClient.segment(account.path("id").asText());
  }
}
