package dev.forebay.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebay.app.remote.Answer;
import dev.forebay.app.remote.ControlClient;
import dev.forebay.app.remote.Json;
import dev.forebay.app.remote.Refusal;
import dev.forebay.app.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `forebay accounts add`: connects a Google account, or takes a service account in.
@Command(
    name = "add",
    description = {
      "Connect a Google account: prints the address of Google's consent page, waits until its person has"
          + " consented there, and chooses the project whose quota the account uses.",
      "",
      "The OAuth client must know where the browser comes back to: 'http://127.0.0.1' for a client of the"
          + " type 'Desktop app', or with --paste the redirect URI that the console shows.",
      "",
      "With --service-account a key file is taken in instead, and nobody is asked anything."
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  forebay accounts add --project my-project-123456",
      "  forebay accounts add --paste --json",
      "  forebay accounts add --service-account key.json"
    })
final class AccountsAddCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConsentFlow consent = new ConsentFlow();

  @Option(
      names = "--service-account",
      paramLabel = "FILE",
      description = "A service account's key file, as Google's console makes it; '-' reads a pipe.")
  private @Nullable Path file;

  @Option(
      names = {"-n", "--name"},
      paramLabel = "NAME",
      description = "What people call it; its e-mail without it.")
  private @Nullable String name;

  @Option(
      names = "--priority",
      paramLabel = "1..10",
      description = "The highest is drawn first; 5 without it.")
  private @Nullable Integer priority;

  @Mixin private final ProjectChoice projects = new ProjectChoice();

  @Mixin private final Remote remote;

  AccountsAddCommand(Terminal terminal) {
    this.terminal = terminal;
    this.remote = new Remote(terminal);
  }

  @Override
  public Integer call() {
    Path from = file;
    return remote.call(
        client -> from == null ? connect(client) : serviceAccount(client, from),
        account -> AccountReport.show(terminal, "connected", account));
  }

  private Answer connect(ControlClient client) {
    return consent
        .run(terminal, client, null)
        .then(account -> named(client, account.path("id").asText(), account))
        .then(account -> projects.of(terminal, client, account));
  }

  /// Gives the account its name and priority; the answer is the account.
  private Answer named(ControlClient client, String id, JsonNode account) {
    ObjectNode body = Json.object();
    KeyDefaults.put(body, "name", name);
    if (priority != null) {
      body.put("priority", priority);
    }
    String path = ControlClient.segment(id);
    return body.isEmpty()
        ? new Answer.Good(account)
        : client.patch("/keys/" + path, body).then(_ -> client.get("/google/accounts/" + path));
  }

  private Answer serviceAccount(ControlClient client, Path from) {
    String text;
    try {
      text =
          from.toString().equals("-")
              ? SecretInput.all(terminal.input().all())
              : Files.readString(from);
    } catch (IOException e) {
      return new Answer.Refused(
          Refusal.local("usage", "cannot read " + from + ": " + e.getMessage()));
    }
    ObjectNode body = Json.object().put("file", text).put("force", projects.force());
    KeyDefaults.put(body, "project", projects.project());
    KeyDefaults.put(body, "name", name);
    if (priority != null) {
      body.put("priority", priority);
    }
    return client.post("/google/accounts", body);
  }
}
