package dev.forebay.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The program as a process of its own, with the options that the launcher gives it.
final class ServeProcess implements AutoCloseable {

  private final Path folder;
  private final Process process;
  private final BufferedReader output;

  private ServeProcess(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
    this.output = process.inputReader();
  }

  static ServeProcess start(Path folder, String... arguments) throws IOException {
    return start(folder, List.of(), arguments);
  }

  /// @param options of the JVM, beside the usual ones
  static ServeProcess start(Path folder, List<String> options, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx224m",
                "-XX:+UseCompactObjectHeaders",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    return new ServeProcess(
        folder,
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(folder.resolve("err").toFile())
            .start());
  }

  /// The first group of the pattern in the next line that it fits.
  String find(String pattern) throws IOException {
    Pattern wanted = Pattern.compile(pattern);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher found = wanted.matcher(line);
      if (found.find()) {
        return found.group(1);
      }
    }
    throw new IllegalStateException("ended without " + pattern + ": " + errors());
  }

  boolean alive() {
    return process.isAlive();
  }

  /// SIGTERM, without waiting.
  void terminate() {
    process.destroy();
  }

  /// SIGTERM; answers the exit status.
  int stop() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }

  int exit() throws InterruptedException {
    return process.waitFor();
  }

  /// SIGKILL.
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  String errors() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
