package dev.forebay.app;

import dev.forebay.control.Config;
import dev.forebay.control.ConfigFile;
import dev.forebay.control.Notice;
import dev.forebay.exchange.ExchangeListener;
import java.io.OutputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a gateway is built from. *Immutable.*
///
/// @param file the settings file, watched for changes
/// @param config what it said when it was read
/// @param persistence where state lives
/// @param version what metrics report as running
/// @param output standard output, for an access log that goes there
/// @param notices told what the operator should know
/// @param listener hears of every exchange besides the built-in listeners
/// @param demo whether it is all made up, and whoever starts it is let in by a link
public record GatewayPlan(
    ConfigFile file,
    Config config,
    Persistence persistence,
    String version,
    OutputStream output,
    Consumer<Notice> notices,
    ExchangeListener listener,
    boolean demo) {

  /// Where state lives.
  public sealed interface Persistence {
    /// In the database that the settings name.
    ///
    /// @param keyset the keyset that seals secrets; null for a file in the data directory
    record Durable(@Nullable String keyset) implements Persistence {
      @Override
      public String toString() {
        return "Durable";
      }
    }

    /// In memory, gone with the process.
    record Fleeting() implements Persistence {}
  }
}
