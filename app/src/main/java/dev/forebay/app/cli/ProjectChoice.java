package dev.forebay.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebay.app.remote.Answer;
import dev.forebay.app.remote.ControlClient;
import dev.forebay.app.remote.Json;
import dev.forebay.app.remote.Refusal;
import dev.forebay.app.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Chooses the project whose quota an account uses.
final class ProjectChoice {
  @Option(
      names = "--project",
      paramLabel = "PROJECT",
      description = "The project whose quota it uses, by its id; asked for without it.")
  private @Nullable String project;

  @Option(names = "--force", description = "Take it even if Google refuses it.")
  private boolean force;

  @Nullable String project() {
    return project;
  }

  boolean force() {
    return force;
  }

  /// Chooses for an account that has none yet; the answer is the account.
  Answer of(Terminal terminal, ControlClient client, JsonNode account) {
    if (account.has("project") && project == null) {
      return new Answer.Good(account);
    }
    String id = account.path("id").asText();
    if (project != null) {
      return choose(client, id, project, force);
    }
    return client
        .get("/google/accounts/" + ControlClient.segment(id) + "/projects")
        .then(found -> asked(terminal, client, account, found));
  }

  private Answer asked(Terminal terminal, ControlClient client, JsonNode account, JsonNode found) {
    JsonNode projects = found.path("projects");
    if (!terminal.input().typed()) {
      Say.note(
          terminal,
          "it serves once its project is chosen: forebay accounts project "
              + account.path("name").asText()
              + " PROJECT");
      return new Answer.Good(account);
    }
    if (!found.path("listed").asBoolean()) {
      Say.note(terminal, found.path("message").asText());
    }
    for (int i = 0; i < projects.size(); i++) {
      JsonNode each = projects.get(i);
      JsonNode users = each.path("usedBy");
      terminal
          .err()
          .println(
              "  "
                  + (i + 1)
                  + "  "
                  + each.path("id").asText()
                  + "  "
                  + each.path("name").asText()
                  + (users.isEmpty() ? "" : "  (used by " + users.get(0).asText() + ")"));
    }
    String said = terminal.input().line("project, by number or id: ");
    String chosen = said == null ? "" : said.strip();
    if (chosen.isEmpty()) {
      return new Answer.Refused(
          Refusal.local(
              "usage",
              "no project was chosen; 'forebay accounts project "
                  + account.path("name").asText()
                  + " PROJECT' does it later"));
    }
    return choose(client, account.path("id").asText(), numbered(projects, chosen), force);
  }

  private static String numbered(JsonNode projects, String chosen) {
    // A project's number is longer than any list.
    if (chosen.length() <= 3 && chosen.chars().allMatch(Character::isDigit)) {
      JsonNode known = projects.get(Integer.parseInt(chosen) - 1);
      return known == null ? chosen : known.path("id").asText();
    }
    return chosen;
  }

  static Answer choose(ControlClient client, String id, String project, boolean force) {
    ObjectNode body = Json.object().put("project", project).put("force", force);
    return switch (client.put("/google/accounts/" + ControlClient.segment(id) + "/project", body)) {
      case Answer.Refused(Refusal why) when why.type().equals("refused-by-provider") ->
          new Answer.Refused(
              new Refusal(
                  why.problem()
                      .<ObjectNode>deepCopy()
                      .put(
                          "title",
                          why.problem().path("title").asText()
                              + " Choose it nevertheless with --force.")));
      case Answer answer -> answer;
    };
  }
}
