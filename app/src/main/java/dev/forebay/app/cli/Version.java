package dev.forebay.app.cli;

import picocli.CommandLine.IVersionProvider;

/// What `--version` says.
public final class Version implements IVersionProvider {

  /// The version of the jar; `dev` when it runs from classes.
  public static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "forebay " + current(), "Java " + Runtime.version() + ", " + System.getProperty("os.name")
    };
  }
}
