package dev.forebay.app;

import dev.forebay.app.cli.ForebayCommand;
import dev.forebay.app.cli.Stop;
import dev.forebay.app.terminal.Terminal;
import java.util.List;

/// The entry point of the process.
public final class Main {

  // Switched off is what the network libraries do for every message and a gateway has no use for:
  // WebSockets, their own metrics and timings, and checks of headers and buffers that come from
  // their own decoders.
  private static final List<String> SETTINGS =
      List.of(
          "vertx.disableWebsockets=true",
          "vertx.disableMetrics=true",
          "vertx.disableContextTimings=true",
          "vertx.disableHttpHeadersValidation=true",
          "io.netty.buffer.checkBounds=false",
          "io.netty.buffer.checkAccessible=false",
          // The adaptive allocator gives its memory back and fetches it again all the time.
          "io.netty.allocator.type=pooled");

  private Main() {}

  public static void main(String[] arguments) {
    // The libraries read these once, when their classes are loaded.
    for (String setting : SETTINGS) {
      int equals = setting.indexOf('=');
      String name = setting.substring(0, equals);
      if (System.getProperty(name) == null) {
        System.setProperty(name, setting.substring(equals + 1));
      }
    }
    System.exit(ForebayCommand.run(Terminal.ofProcess(), new Stop(), arguments));
  }
}
