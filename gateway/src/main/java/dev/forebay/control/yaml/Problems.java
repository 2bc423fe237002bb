package dev.forebay.control.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects everything wrong with one file. *Confined to the thread that reads the file.*
public final class Problems {
  private final String file;
  private final List<Problem> found = new ArrayList<>();

  /// Collects for the file of that name.
  public Problems(String file) {
    this.file = file;
  }

  /// Notes one problem at a line (0: the whole file).
  public void add(int line, String message) {
    Problem problem = new Problem(file, line, message);
    if (!found.contains(problem)) {
      found.add(problem);
    }
  }

  /// Whether nothing is wrong so far.
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /// What was found, in the order of the lines.
  public List<Problem> list() {
    return found.stream().sorted(Comparator.comparingInt(Problem::line)).toList();
  }
}
