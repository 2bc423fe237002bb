package dev.forebay.control;

/// Where a key was declared, which decides who may change it.
public enum Source {
  /// In `forebay.yaml`: read-only everywhere else, changed by editing the file.
  FILE,
  /// In the database: changed through the console, the API or the command line.
  DATABASE
}
