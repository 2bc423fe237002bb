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

/// Asks before something ends for good.
///
/// @param what what is done, such as `remove`
record Confirm(Terminal terminal, String what) {
  private static final int NAMED = 5;

  /// The keys, once a person has said yes.
  Answer of(JsonNode keys) {
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
