package dev.forebay.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.forebay.app.remote.Answer;
import dev.forebay.app.remote.Json;
import dev.forebay.app.remote.Refusal;
import dev.forebay.app.terminal.Columns;
import dev.forebay.app.terminal.Columns.Cell;
import dev.forebay.app.terminal.Ink;
import dev.forebay.app.terminal.Style;
import dev.forebay.app.terminal.Terminal;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `forebay keys import`: takes many keys into the pool at once.
@Command(
    name = "import",
    description = {
      "Add many provider keys from a file.",
      "",
      "One key a line: a secret alone, or 'name, secret' or 'provider, name, secret', separated by"
          + " commas, tabs or spaces. Empty lines and lines that begin with # are left out. What is"
          + " said here holds for all of them."
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  forebay keys import keys.txt --dry-run",
      "  forebay keys import keys.txt --limit-group acme --daily-tokens 2M",
      "  vault-tool export | forebay keys import -"
    })
final class KeysImportCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "The file, or - for standard input.")
  private @Nullable String file;

  @Option(
      names = {"-n", "--dry-run"},
      description = "Add nothing; say what would become of every line.")
  private boolean dryRun;

  @Mixin private final KeyDefaults defaults = new KeyDefaults();
  @Mixin private final Remote remote;

  KeysImportCommand(Terminal terminal) {
    this.terminal = terminal;
    this.remote = new Remote(terminal);
  }

  @Override
  public Integer call() {
    return remote.call(
        client ->
            text(file == null ? "-" : file)
                .then(text ->
                    client.post(
                        "/keys/import",
                        Json.object()
                            .put("text", text.asText())
                            .put("dryRun", dryRun)
                            .setAll(defaults.body()))),
        this::show,
        answer -> answer.path("bad").asInt() > 0 ? ExitCode.FAILED : ExitCode.OK);
  }

  private Answer text(String from) {
    if (from.equals("-")) {
      return new Answer.Good(TextNode.valueOf(SecretInput.all(terminal.input().all())));
    }
    try (Reader reader = Files.newBufferedReader(Path.of(from))) {
      return new Answer.Good(TextNode.valueOf(SecretInput.all(reader)));
    } catch (NoSuchFileException e) {
      return usage(from + ": there is no such file");
    } catch (IOException | UncheckedIOException e) {
      return usage(from + ": cannot be read as text: " + e.getMessage());
    }
  }

  private static Answer usage(String message) {
    return new Answer.Refused(Refusal.local("usage", message));
  }

  private void show(JsonNode answer) {
    Style style = terminal.style();
    Columns columns = new Columns();
    for (JsonNode line : answer.path("lines")) {
      String status = line.path("status").asText();
      columns.row(
          new Cell(line.path("line").asText(), Ink.DIM, true),
          switch (status) {
            case "new" -> Cell.of(Ink.GREEN, style.symbol("✓ ", "") + (dryRun ? "new" : "added"));
            case "duplicate" -> Cell.of(Ink.DIM, style.symbol("· ", "") + "there already");
            default -> Cell.of(Ink.RED, style.symbol("✕ ", "") + status);
          },
          Cell.of(Ink.DIM, line.path("provider").asText()),
          Cell.of(Ink.BOLD, line.path("name").asText()),
          Cell.of(Ink.DIM, KeysListCommand.suffix(style, line)),
          Cell.of(line.path("message").asText()));
    }
    columns.lines("", style).forEach(terminal.out()::println);
    terminal
        .out()
        .println(
            answer.path("added").asInt()
                + (dryRun ? " would be added, " : " added, ")
                + answer.path("duplicates").asInt()
                + " there already, "
                + answer.path("bad").asInt()
                + " bad");
  }
}
