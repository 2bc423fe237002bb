package dev.forebay.app;

import dev.forebay.app.GatewayPlan.Persistence;
import dev.forebay.control.HostPort;
import dev.forebay.control.Workspace;
import dev.forebay.control.people.LocalOperator;
import dev.forebay.pool.Ticker;
import dev.forebay.secrets.PrivateFiles;
import dev.forebay.secrets.Secret;
import dev.forebay.secrets.SecretAccess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How commands on the same machine reach a running gateway: a file of mode 0600 in the data
/// directory with its address and a token that holds until it stops. *Confined to the thread that
/// starts and stops it.*
public final class LocalAccess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalAccess.class);

  private final LocalOperator operator;
  private final @Nullable Secret token;
  private final Path data;
  private @Nullable String written;

  private LocalAccess(LocalOperator operator, @Nullable Secret token, Path data) {
    this.operator = operator;
    this.token = token;
    this.data = data;
  }

  /// Where the file of a data directory is.
  public static Path file(Path data) {
    return data.resolve("operator.token");
  }

  /// What stands in it: the address on the first line, the token on the second.
  ///
  /// @param url without a slash at its end
  public record Note(String url, Secret token) {

    /// Reads the file of a data directory; null where there is none that can be read.
    public static @Nullable Note in(Path data) {
      try {
        List<String> lines = Files.readAllLines(file(data));
        return lines.size() < 2 || lines.get(0).isBlank() || lines.get(1).isBlank()
            ? null
            : new Note(lines.get(0).strip(), Secret.of(lines.get(1).strip()));
      } catch (IOException missing) {
        return null;
      }
    }

    private String text() {
      return url + "\n" + token.reveal(SecretAccess.granted()) + "\n";
    }
  }

  /// For a gateway that keeps its state on this machine; one that keeps nothing leaves no file.
  static LocalAccess of(GatewayPlan plan, Ticker ticker, RandomGenerator random) {
    Path data = plan.config().data();
    if (plan.persistence() instanceof Persistence.Fleeting) {
      return new LocalAccess(LocalOperator.none(Workspace.DEFAULT), null, data);
    }
    Secret token = LocalOperator.token(random);
    return new LocalAccess(
        LocalOperator.holding(token, Workspace.DEFAULT, ticker.now()), token, data);
  }

  LocalOperator operator() {
    return operator;
  }

  /// Leaves the file, once it is known where the gateway listens.
  void publish(HostPort address) {
    if (token == null) {
      return;
    }
    String text = new Note(address.url(), token).text();
    try {
      PrivateFiles.createDirectories(data);
      PrivateFiles.replace(file(data), text.getBytes(StandardCharsets.UTF_8));
      written = text;
    } catch (IOException e) {
      LOG.warn(
          "{} cannot be written ({}); commands on this machine need an API token",
          file(data),
          e.toString());
    }
  }

  /// Takes the file away, unless another process has left its own since.
  @Override
  public void close() {
    try {
      if (written != null && written.equals(Files.readString(file(data)))) {
        Files.delete(file(data));
      }
    } catch (IOException gone) {
      LOG.debug("{} is gone already", file(data));
    }
  }
}
