package dev.forebay.bench.compare;

import dev.forebay.app.LocalAccess;
import dev.forebay.secrets.SecretAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Forebay as its users start it: the launcher, a file with keys and budgets, everything on.
final class Forebay {

  static final int KEYS = 64;

  /// Far more than a comparison uses: budgets are counted, and never stop it.
  private static final long DAILY_TOKENS = 1_000_000_000_000L;

  private Forebay() {}

  /// @param launcher the command that its users start
  /// @param credential a client key that it shall know
  /// @param keys how many provider keys it has
  record Setting(Path launcher, Shape shape, String credential, int upstreamPort, int keys) {}

  /// Starts one that keeps what it has below `directory`.
  static Contender start(Setting setting, Path directory) throws IOException {
    int port = Child.freePort();
    Path home = Files.createDirectories(home(directory));
    Path config = home.resolve("forebay.yaml");
    Files.writeString(config, config(setting, home, port));
    List<String> command =
        List.of(setting.launcher().toString(), "serve", "--config", config.toString());
    return Contender.of(Child.listening("forebay", command, directory, port));
  }

  /// What lets commands on its machine into the API of the one that runs below `directory`.
  static String token(Path directory) {
    LocalAccess.Note note = LocalAccess.Note.in(data(home(directory)));
    if (note == null) {
      throw new IllegalStateException("forebay left no token for commands beside it");
    }
    return note.token().reveal(SecretAccess.granted());
  }

  private static Path home(Path directory) {
    return directory.resolve("forebay");
  }

  private static Path data(Path home) {
    return home.resolve("data");
  }

  private static String config(Setting setting, Path home, int port) {
    StringBuilder text =
        new StringBuilder()
            .append("listen: 127.0.0.1:%d%n".formatted(port))
            .append("data: %s%n".formatted(data(home)))
            .append("clientKeys:%n  - { name: bench, key: %s }%n".formatted(setting.credential()))
            .append("keys:%n".formatted());
    for (int i = 0; i < setting.keys(); i++) {
      text.append(
          "  - { provider: %s, name: key-%03d, secret: sk-bench-%03d, dailyTokens: %d, baseUrl: \"http://127.0.0.1:%d\" }%n"
              .formatted(setting.shape().provider, i, i, DAILY_TOKENS, setting.upstreamPort()));
    }
    return text.toString();
  }
}
