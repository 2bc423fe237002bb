package dev.forebay.control;

import java.nio.file.Path;

/// Why the store cannot do what it should. Every case knows a message that says what to do.
public sealed interface StorageProblem {

  /// What is wrong and what to do about it, in one line for people.
  String message();

  /// Whether the same call may succeed later without anybody changing the configuration.
  default boolean passing() {
    return false;
  }

  /// The data directory or the database file cannot be created or written.
  record NotWritable(Path path, String detail) implements StorageProblem {
    @Override
    public String message() {
      return path
          + " cannot be written ("
          + detail
          + "); give this user write access to it, or name another directory with `data:`";
    }
  }

  /// The disk, or the quota, is full.
  record Full(String place) implements StorageProblem {
    @Override
    public String message() {
      return "no space left for "
          + place
          + "; free some space, a running server then goes on by itself";
    }

    @Override
    public boolean passing() {
      return true;
    }
  }

  /// Another process holds the database's lock for longer than we wait.
  record Busy(String place) implements StorageProblem {
    @Override
    public String message() {
      return place + " is locked by another process; close the tool that has it open";
    }

    @Override
    public boolean passing() {
      return true;
    }
  }

  /// Another Forebay runs on the same data directory.
  ///
  /// @param pid of the other process; 0 when it is not known
  record InUse(Path data, long pid) implements StorageProblem {
    @Override
    public String message() {
      return "another Forebay"
          + (pid > 0 ? " (pid " + pid + ")" : "")
          + " uses "
          + data
          + "; stop it, or name another directory with `data:`";
    }
  }

  /// The file is there but is no SQLite database, or is damaged.
  record NotADatabase(Path file, String detail) implements StorageProblem {
    @Override
    public String message() {
      return file
          + " is not a readable SQLite database ("
          + detail
          + "); restore it from a backup, or move it away to begin with an empty one";
    }
  }

  /// The native part of SQLite cannot be loaded.
  ///
  /// @param directory where it was unpacked to
  record NoLibrary(String directory) implements StorageProblem {
    @Override
    public String message() {
      return "the SQLite library cannot be loaded from "
          + directory
          + "; name a directory that can be written and executed from with -Dorg.sqlite.tmpdir=…";
    }
  }

  /// The database was written by a later release.
  ///
  /// @param found the schema version in the database
  /// @param known the latest one that this release has
  record NewerVersion(String place, String found, String known) implements StorageProblem {
    @Override
    public String message() {
      return place
          + " has schema version "
          + found
          + ", this release knows up to "
          + known
          + "; run the newer Forebay, or restore a backup from before the upgrade";
    }
  }

  /// Tables could not be brought to this release's version; what was tried has been rolled back.
  record MigrationFailed(String place, String detail) implements StorageProblem {
    @Override
    public String message() {
      return "the tables of "
          + place
          + " could not be brought up to date: "
          + detail
          + "; nothing was changed, restore a backup or report this";
    }
  }

  /// The database server does not answer or does not let us in.
  record Unreachable(String place, String detail) implements StorageProblem {
    @Override
    public String message() {
      return "cannot connect to "
          + place
          + " ("
          + detail
          + "); check that it runs and that `database:` is right";
    }

    @Override
    public boolean passing() {
      return true;
    }
  }

  /// The `database:` setting cannot be used as it stands.
  record BadAddress(String address, String detail) implements StorageProblem {
    @Override
    public String message() {
      return "database: \""
          + address
          + "\" "
          + detail
          + " (expected: jdbc:postgresql://host:port/name, or nothing for SQLite under `data:`)";
    }
  }

  /// The database holds tables, and none of them are Forebay's.
  record ForeignTables(String place) implements StorageProblem {
    @Override
    public String message() {
      return place
          + " holds the tables of another program; name an empty database or schema with `database:`"
          + " (PostgreSQL: ?currentSchema=forebay), or another directory with `data:`";
    }
  }

  /// The keyset that opens stored secrets cannot be used.
  ///
  /// @param message what [dev.forebay.secrets.KeysetException#problem] says
  record Keyset(String message) implements StorageProblem {}

  /// The database refuses these values, and will do so again.
  record ValuesRefused(String place, String detail) implements StorageProblem {
    @Override
    public String message() {
      return place + " refuses the values given to it: " + detail;
    }
  }

  /// Anything else the database said.
  record Failed(String place, String detail) implements StorageProblem {
    @Override
    public String message() {
      return place + ": " + detail;
    }

    @Override
    public boolean passing() {
      return true;
    }
  }
}
