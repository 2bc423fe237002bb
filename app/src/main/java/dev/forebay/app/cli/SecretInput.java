package dev.forebay.app.cli;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.forebay.app.remote.Answer;
import dev.forebay.app.remote.Refusal;
import dev.forebay.app.terminal.Terminal;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Takes a secret where neither the shell's history nor the list of processes keeps it.
final class SecretInput {
  /// What the API takes of a paste, and a little more so that it can say what is too long.
  private static final int LONGEST = 2_100_000;

  @Option(
      names = "--secret-stdin",
      description = "Read the secret from standard input instead of asking for it.")
  private boolean piped;

  boolean piped() {
    return piped;
  }

  /// The secret as a text node.
  Answer read(Terminal terminal) {
    if (piped) {
      List<String> lines =
          all(terminal.input().all()).lines().map(String::strip).filter(s -> !s.isEmpty()).toList();
      return lines.size() == 1
          ? new Answer.Good(TextNode.valueOf(lines.getFirst()))
          : usage(
              lines.isEmpty()
                  ? "standard input is empty; it must be the secret"
                  : "standard input has "
                      + lines.size()
                      + " lines; it must be one secret ('forebay keys import -' takes many)");
    }
    if (!terminal.input().typed()) {
      return usage("nobody can be asked for the secret here; add --secret-stdin and pipe it in");
    }
    @Nullable String typed = terminal.input().secret("secret (not shown): ");
    return typed == null || typed.isBlank()
        ? usage("no secret was typed")
        : new Answer.Good(TextNode.valueOf(typed.strip()));
  }

  private static Answer usage(String message) {
    return new Answer.Refused(Refusal.local("usage", message));
  }

  /// Everything there is to read, up to more than any paste may have.
  static String all(Reader reader) {
    StringBuilder text = new StringBuilder();
    char[] some = new char[8192];
    try {
      int read = reader.read(some);
      while (read >= 0 && text.length() < LONGEST) {
        text.append(some, 0, read);
        read = reader.read(some);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
