package dev.forebay.app.cli;

/// What the process answers to the shell.
public enum ExitCode {
  /// Everything went as asked, or the user ended it.
  OK(0),
  /// It could not run or could not go on: a taken port, a full disk, a database out of reach.
  FAILED(1),
  /// The command line or the settings are wrong; nothing was started.
  USAGE(2);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
