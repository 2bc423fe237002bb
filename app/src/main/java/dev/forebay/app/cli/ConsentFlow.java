package dev.forebay.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebay.app.remote.Answer;
import dev.forebay.app.remote.ControlClient;
import dev.forebay.app.remote.Json;
import dev.forebay.app.remote.Refusal;
import dev.forebay.app.terminal.Desktop;
import dev.forebay.app.terminal.Terminal;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Sends a person to Google's consent page and brings back what they are given there.
final class ConsentFlow {
  /// As long as an attempt lives.
  private static final Duration LONGEST = Duration.ofMinutes(10);

  @Option(
      names = "--paste",
      description = {
        "Paste the address, or the code in it, to which Google leads in the end, instead of having the"
            + " browser come back to this machine. It is asked for, or read from standard input."
      })
  private boolean paste;

  /// Goes through it; the answer is the account.
  ///
  /// @param account the id of the one to reconnect; null for a new one
  Answer run(Terminal terminal, ControlClient client, @Nullable String account) {
    ObjectNode body = Json.object();
    KeyDefaults.put(body, "account", account);
    if (paste) {
      return client
          .post("/google/consents", body)
          .then(begun -> {
            String state = show(terminal, begun, false);
            String text = asked(terminal);
            return text == null || text.isBlank()
                ? refused("usage", "nothing was pasted; the account is not connected")
                : complete(client, Redirected.pasted(text, state));
          });
    }
    try (Loopback loopback = Loopback.open()) {
      body.put("loopbackPort", loopback.port());
      return client
          .post("/google/consents", body)
          .then(begun -> {
            String state = state(begun);
            loopback.expect(state);
            var _ = show(terminal, begun, true);
            Map<String, String> came = loopback.await(LONGEST);
            return came == null
                ? refused("late", "nobody came back from Google within ten minutes; begin again")
                : complete(client, came);
          });
    } catch (IOException e) {
      return refused("loopback", "cannot listen on 127.0.0.1: " + e.getMessage() + "; use --paste");
    }
  }

  private static Answer refused(String type, String message) {
    return new Answer.Refused(Refusal.local(type, message));
  }

  private static String state(JsonNode begun) {
    return Redirected.query(URI.create(begun.path("url").asText()).getRawQuery())
        .getOrDefault("state", "");
  }

  /// Tells where to go; the state that comes back from there.
  private String show(Terminal terminal, JsonNode begun, boolean browser) {
    String url = begun.path("url").asText();
    terminal.err().println("Open this address in a browser and consent there:");
    terminal.err().println();
    terminal.err().println("  " + url);
    terminal.err().println();
    if (paste) {
      terminal
          .err()
          .println(
              "In the end the browser is led to "
                  + begun.path("redirectUri").asText()
                  + " … Whatever it shows there: copy the whole address.");
    } else {
      terminal.err().println("Waiting for the browser to come back to this machine …");
    }
    terminal.err().flush();
    if (browser) {
      Desktop.of(terminal).open(url);
    }
    return state(begun);
  }

  private static @Nullable String asked(Terminal terminal) {
    return terminal.input().typed()
        ? terminal.input().secret("address or code (not shown): ")
        : SecretInput.all(terminal.input().all());
  }

  private static Answer complete(ControlClient client, Map<String, String> came) {
    ObjectNode body = Json.object();
    for (String field : new String[] {"state", "code", "error"}) {
      KeyDefaults.put(body, field, came.get(field));
    }
    return client.post("/google/consents/complete", body);
  }
}
