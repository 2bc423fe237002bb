package dev.forebay.bench.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A process under measurement, or the mock beside it; stopped at the latest when this JVM ends.
final class Child implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(5);

  private final String name;
  private final Process process;
  private final Path log;
  private final int port;
  private final Thread hook;

  private Child(String name, Process process, Path log, int port) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.port = port;
    this.hook = new Thread(this::stop, "stop-" + name);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /// Starts a server that is told its port, and waits until the port accepts connections.
  static Child listening(String name, List<String> command, Path directory, int port) {
    Path log = directory.resolve(name + ".out");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(log.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    Child child = new Child(name, start(builder), log, port);
    child.awaitPort();
    return child;
  }

  /// Starts a server that prints its port and ends with its standard input.
  static Child printingItsPort(String name, List<String> command, Path directory) {
    Path log = directory.resolve(name + ".err");
    Process process = start(new ProcessBuilder(command).redirectError(log.toFile()));
    // Not closed: the pipe lives as long as the child.
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    try {
      String line = out.readLine();
      if (line == null) {
        throw new IllegalStateException(name + " did not start:\n" + Files.readString(log));
      }
      return new Child(name, process, log, Integer.parseInt(line));
    } catch (IOException failed) {
      process.destroyForcibly();
      throw new UncheckedIOException(failed);
    }
  }

  /// A port of the loopback interface that nobody listens on now.
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  int port() {
    return port;
  }

  ProcessHandle process() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          name + " ended with status " + process.exitValue() + "; its last words:\n" + lastWords());
    }
    return process.toHandle();
  }

  @Override
  public String toString() {
    return name;
  }

  @Override
  public void close() {
    stop();
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  private static Process start(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void awaitPort() {
    long deadline = System.nanoTime() + START.toNanos();
    while (!accepts()) {
      if (!process.isAlive() || System.nanoTime() - deadline > 0) {
        String words = lastWords();
        close();
        throw new IllegalStateException(
            name + " does not listen on 127.0.0.1:" + port + "; its last words:\n" + words);
      }
      Compare.pause(Duration.ofMillis(2));
    }
  }

  private boolean accepts() {
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    } catch (IOException unreadable) {
      return "(" + unreadable + ")";
    }
  }

  private void stop() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException hurried) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
