package dev.forebay.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads a [SimulatorSpec] from YAML, strictly.
final class SpecReader {

  private SpecReader() {}

  static SimulatorSpec read(Path file) throws IOException {
    return read(Files.readString(file));
  }

  static SimulatorSpec read(String text) {
    throw new IllegalArgumentException("specification: " + text.length());
  }
}
