package dev.forebay.control.google;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How projects are called: by their id, or by their number. The name travels in a header, so that
/// nothing else passes.
final class ProjectNames {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.:-]{1,98}[a-z0-9]");

  private ProjectNames() {}

  /// What is wrong with a name; null when nothing is.
  static @Nullable String problem(String project) {
    return NAME.matcher(project).matches()
        ? null
        : "must be a project's id, such as my-project-123456, or its number";
  }
}
