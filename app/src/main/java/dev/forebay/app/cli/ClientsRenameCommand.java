package dev.forebay.app.cli;

import dev.forebay.app.remote.ControlClient;
import dev.forebay.app.remote.Finder;
import dev.forebay.app.remote.Json;
import dev.forebay.app.terminal.Ink;
import dev.forebay.app.terminal.Style;
import dev.forebay.app.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `forebay clients rename`: another name for a client key; the key itself stays.
@Command(
    name = "rename",
    description = "Give a client key another name; the key itself stays.",
    sortOptions = false,
    usageHelpAutoWidth = true,
    footerHeading = "%nExamples:%n",
    footer = "  forebay clients rename laptop old-laptop")
final class ClientsRenameCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "CLIENT", description = "Its name or its id.")
  private String client = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "The new name.")
  private String name = "";

  @Mixin private final Remote remote;

  ClientsRenameCommand(Terminal terminal) {
    this.terminal = terminal;
    this.remote = new Remote(terminal);
  }

  @Override
  public Integer call() {
    return remote.call(
        api ->
            api.get("/client-keys")
                .then(all -> Finder.CLIENTS.named(all, List.of(client)))
                .then(found ->
                    api.patch(
                        "/client-keys/" + ControlClient.segment(found.path(0).path("id").asText()),
                        Json.object().put("name", name))),
        key -> {
          Style style = terminal.style();
          terminal
              .out()
              .println(
                  style.paint(Ink.GREEN, style.symbol("✓", "ok:"))
                      + " "
                      + client
                      + " is now "
                      + style.bold(key.path("name").asText()));
        });
  }
}
