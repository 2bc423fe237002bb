package dev.forebay.app.cli;

import dev.forebay.app.Gateway;
import dev.forebay.app.terminal.Columns;
import dev.forebay.app.terminal.Columns.Cell;
import dev.forebay.app.terminal.Ink;
import dev.forebay.app.terminal.Style;
import dev.forebay.app.terminal.Terminal;
import dev.forebay.control.Config;
import dev.forebay.control.Settings;
import dev.forebay.control.Snapshot;
import dev.forebay.secrets.Secret;
import dev.forebay.secrets.SecretAccess;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What `serve` says when it listens: where, with what, and how to point clients at it.
final class Banner {
  private static final String INDENT = "  ";

  private final Gateway gateway;
  private final Config config;
  private final @Nullable Path file;
  private final PrintWriter out;
  private final Style style;

  Banner(Terminal terminal, Gateway gateway, Config config, @Nullable Path file) {
    this.gateway = gateway;
    this.config = config;
    this.file = file;
    // Standard output is a machine's when the access log goes there.
    this.out =
        gateway.snapshot().settings().accessLog() instanceof Settings.AccessLog.Standard
            ? terminal.err()
            : terminal.out();
    this.style = terminal.style();
  }

  void print() {
    Snapshot snapshot = gateway.snapshot();
    out.println(style.bold("forebay") + " " + Version.current());
    out.println();
    Columns facts = new Columns();
    facts.row(Cell.of(Ink.DIM, "listening"), Cell.of(Ink.BOLD, gateway.address().url()));
    facts.fact("settings", file == null ? "defaults, no file" : file.toString());
    facts.fact("data", Facts.storage(config));
    facts.fact("keys", Facts.keys(snapshot.keys().values()));
    facts.fact("client keys", clientKeys(snapshot));
    facts.fact("access log", accessLog(snapshot.settings().accessLog()));
    facts.fact("metrics", metrics(snapshot.settings().metrics()));
    facts.lines(INDENT, style).forEach(out::println);
    out.println();
    String setUp = gateway.setUpLink();
    if (setUp != null) {
      out.println(INDENT + "Nobody has an account yet. Make the owner's in the console:");
      out.println();
      out.println(INDENT + INDENT + style.paint(Ink.GREEN, setUp));
      out.println();
    }
    Secret issued = gateway.issued();
    if (issued != null) {
      issuedKey(issued.reveal(SecretAccess.granted()));
    }
    hints(snapshot);
    out.flush();
  }

  private String clientKeys(Snapshot snapshot) {
    int count = snapshot.clientKeys().size();
    return gateway.issued() != null ? count + ", made just now" : Integer.toString(count);
  }

  private String accessLog(Settings.AccessLog log) {
    return switch (log) {
      case Settings.AccessLog.Off _ -> "off";
      case Settings.AccessLog.InData _ -> config.data().resolve("access.log").toString();
      case Settings.AccessLog.Standard _ -> "standard output";
      case Settings.AccessLog.ToFile(Path path) -> path.toString();
    };
  }

  private String metrics(Settings.Metrics metrics) {
    if (!metrics.on()) {
      return "off";
    }
    return (metrics.listen() == null ? gateway.address() : metrics.listen()).url() + "/metrics";
  }

  private void issuedKey(String key) {
    out.println(INDENT + "Nobody had a client key, so one was made. It is shown only this once:");
    out.println();
    out.println(INDENT + INDENT + style.paint(Ink.GREEN, key));
    out.println();
    clients(key);
  }

  /// Copy-ready lines for the usual clients.
  private void clients(String key) {
    String url = gateway.address().url();
    out.println(INDENT + style.dim("# Anthropic: Claude Code, SDKs"));
    export("ANTHROPIC_BASE_URL", url);
    export("ANTHROPIC_API_KEY", key);
    out.println(INDENT + style.dim("# OpenAI: SDKs, agents"));
    export("OPENAI_BASE_URL", url + "/v1");
    export("OPENAI_API_KEY", key);
    out.println(INDENT + style.dim("# Gemini: Gemini CLI, SDKs"));
    export("GOOGLE_GEMINI_BASE_URL", url);
    export("GEMINI_API_KEY", key);
    out.println();
  }

  private void export(String name, String value) {
    out.println(INDENT + "export " + name + "=" + value);
  }

  private void hints(Snapshot snapshot) {
    if (snapshot.keys().isEmpty()) {
      note(
          "there are no provider keys yet, so requests are answered with 503; add some in the console,"
              + " with 'forebay keys add', or under 'keys:' in "
              + (file == null ? "a settings file" : file));
    }
    if (!snapshot.settings().listen().isLoopback()) {
      note(
          "other machines can reach "
              + snapshot.settings().listen()
              + ", unencrypted: put TLS in front, and give client keys only to those who may spend");
    }
  }

  private void note(String text) {
    out.println(INDENT + style.dim("note:") + " " + text);
    out.println();
  }
}
