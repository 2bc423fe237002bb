package dev.forebay.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebay.app.remote.Answer;
import dev.forebay.app.remote.Finder;
import dev.forebay.app.remote.Refusal;
import dev.forebay.app.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Asks before something ends for good, unless the command line says not to.
final class Confirm {
  private static final int NAMED = 5;

  private final Terminal terminal;
  private final String what;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  /// @param what what is done, such as `remove`
  Confirm(Terminal terminal, String what) {
    this.terminal = terminal;
    this.what = what;
  }

  /// The keys, once a person has said yes.
  Answer of(JsonNode keys) {
    if (yes) {
      return new Answer.Good(keys);
    }
    String names = names(keys);
    if (!terminal.input().typed()) {
      return new Answer.Refused(
          Refusal.local("usage", "add --yes to " + what + " " + names + " without being asked"));
    }
    @Nullable String said = terminal.input().line(what + " " + names + "? [y/N] ");
    String answer = said == null ? "" : said.strip().toLowerCase(Locale.ROOT);
    return answer.equals("y") || answer.equals("yes")
        ? new Answer.Good(keys)
        : new Answer.Refused(Refusal.local("declined", "nothing was done"));
  }

  private static String names(JsonNode keys) {
    List<String> names = new ArrayList<>();
    for (JsonNode key : keys) {
      if (names.size() < NAMED || keys.size() == NAMED + 1) {
        names.add(Finder.label(key));
      }
    }
    int more = keys.size() - names.size();
    return String.join(", ", names) + (more > 0 ? " and " + more + " more" : "");
  }
}
