package dev.forebay.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What a process and its children cost, as the kernel accounts for it in `/proc`.
final class Account {

  /// `USER_HZ`, which the kernel's interface fixes at 100 whatever its timer does.
  private static final long MICROS_PER_TICK = 10_000;

  private static final int UTIME = 11;
  private static final int STIME = 12;

  private Account() {}

  /// User and system time of all threads of the process and of its live children, in microseconds.
  static long cpuMicros(ProcessHandle root) {
    return family(root).mapToLong(Account::ticks).sum() * MICROS_PER_TICK;
  }

  /// Time on a processor of the threads of this name, in nanoseconds; the kernel knows the first
  /// fifteen characters of a name.
  static long threadNanos(ProcessHandle root, String name) {
    return family(root)
        .flatMap(Account::threads)
        .filter(thread -> read(thread.resolve("comm")).strip().equals(name))
        .mapToLong(thread -> Long.parseLong(read(thread.resolve("schedstat")).split(" ")[0]))
        .sum();
  }

  private static Stream<Path> threads(ProcessHandle process) {
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
      return threads.toList().stream();
    } catch (NoSuchFileException gone) {
      return Stream.empty();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Resident memory of the process and of its live children, in kilobytes; pages that they share
  /// count for each of them.
  static long residentKilobytes(ProcessHandle root) {
    return family(root).mapToLong(process -> field(process, "smaps_rollup", "Rss:")).sum();
  }

  /// Time the machine's processors were busy, in microseconds.
  static long machineMicros() {
    String[] fields = read(Path.of("/proc/stat")).lines().findFirst().orElseThrow().split(" +");
    long ticks = 0;
    for (int i = 1; i <= 8; i++) {
      boolean idle = i == 4 || i == 5;
      ticks += idle ? 0 : Long.parseLong(fields[i]);
    }
    return ticks * MICROS_PER_TICK;
  }

  private static Stream<ProcessHandle> family(ProcessHandle root) {
    return Stream.concat(Stream.of(root), root.descendants());
  }

  private static long ticks(ProcessHandle process) {
    String stat = read(Path.of("/proc/" + process.pid() + "/stat"));
    // The name in parentheses may hold spaces; the fields are counted from behind it.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return fields.length > STIME
        ? Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])
        : 0;
  }

  private static long field(ProcessHandle process, String file, String name) {
    return read(Path.of("/proc/" + process.pid() + "/" + file))
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElse(0);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException gone) {
      return ") ";
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
