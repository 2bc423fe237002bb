package dev.forebay.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Forebay as its users start it: the launcher, a file with keys and budgets, everything on.
final class Forebay {

  private static final int KEYS = 64;

  /// Far more than a comparison uses: budgets are counted, and never stop it.
  private static final long DAILY_TOKENS = 1_000_000_000_000L;

  private Forebay() {}

  static Contender start(
      Path launcher, Path directory, Shape shape, String credential, int upstreamPort)
      throws IOException {
    int port = Child.freePort();
    Path home = Files.createDirectories(directory.resolve("forebay"));
    Path config = home.resolve("forebay.yaml");
    Files.writeString(config, config(home, port, shape, credential, upstreamPort));
    List<String> command = List.of(launcher.toString(), "serve", "--config", config.toString());
    return Contender.of(Child.listening("forebay", command, directory, port));
  }

  private static String config(
      Path home, int port, Shape shape, String credential, int upstreamPort) {
    StringBuilder text =
        new StringBuilder()
            .append("listen: 127.0.0.1:%d%n".formatted(port))
            .append("data: %s/data%n".formatted(home))
            .append("clientKeys:%n  - { name: bench, key: %s }%n".formatted(credential))
            .append("keys:%n".formatted());
    for (int i = 0; i < KEYS; i++) {
      text.append(
          "  - { provider: %s, name: key-%02d, secret: sk-bench-%02d, dailyTokens: %d, baseUrl: \"http://127.0.0.1:%d\" }%n"
              .formatted(shape.provider, i, i, DAILY_TOKENS, upstreamPort));
    }
    return text.toString();
  }
}
