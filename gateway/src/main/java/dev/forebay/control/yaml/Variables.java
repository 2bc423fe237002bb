package dev.forebay.control.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Fills in `${NAME}` and `${NAME:-default}`; `$${NAME}` stands for a literal `${NAME}`.
///
/// The references are hidden before YAML sees the text, because `{` and `}` mean something to YAML,
/// and filled in afterwards, value by value, so that nothing in the environment can add structure
/// to the file. A reference in a comment is never looked up. *Confined to the thread that reads the
/// file.*
final class Variables {
  // Private-use characters pass through YAML unharmed and stand in nobody's settings.
  private static final char OPEN = '\uE000';
  private static final char CLOSE = '\uE001';

  private final Function<String, @Nullable String> environment;
  private final List<String> references = new ArrayList<>();

  Variables(Function<String, @Nullable String> environment) {
    this.environment = environment;
  }

  /// The text with every reference replaced by a mark that means nothing to YAML.
  String hide(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int begin = at;
      if (c == '$' && text.startsWith("$${", at)) {
        begin = at + 1;
      }
      if (c == '$' && text.startsWith("${", begin)) {
        int end = closing(text, begin + 2);
        if (end > 0) {
          out.append(OPEN).append(references.size()).append(CLOSE);
          references.add(text.substring(at, end + 1));
          at = end + 1;
          continue;
        }
      }
      out.append(c == OPEN || c == CLOSE ? '\uFFFD' : c);
      at++;
    }
    return out.toString();
  }

  private static int closing(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '}') {
        return i;
      }
      if (c == '\n' || c == '\r') {
        return -1;
      }
    }
    return -1;
  }

  /// The text as the author wrote it.
  String written(String hidden) {
    return String.valueOf(replace(hidden, reference -> reference));
  }

  /// The text with the values of the environment, or null after noting what is missing.
  @Nullable String resolve(String hidden, int line, Problems problems) {
    if (hidden.contains("${")) {
      problems.add(
          line,
          "'${' has no closing '}' on its line; write ${NAME}, or $${NAME} for a literal ${NAME}");
      return null;
    }
    return replace(hidden, reference -> value(reference, line, problems));
  }

  private @Nullable String value(String reference, int line, Problems problems) {
    if (reference.startsWith("$$")) {
      return reference.substring(1);
    }
    String inner = reference.substring(2, reference.length() - 1);
    int split = inner.indexOf(":-");
    String name = split < 0 ? inner : inner.substring(0, split);
    if (!isName(name)) {
      problems.add(
          line,
          reference
              + " is not a variable: a name has letters, digits and _, as in ${OPENAI_KEY} or"
              + " ${PORT:-4400}; write $${…} for a literal ${…}");
      return null;
    }
    String value = environment.apply(name);
    if (value != null && !(value.isEmpty() && split >= 0)) {
      return value;
    }
    if (split >= 0) {
      return inner.substring(split + 2);
    }
    problems.add(
        line,
        "the environment variable "
            + name
            + " is not set; set it, or give a default with ${"
            + name
            + ":-default}");
    return null;
  }

  private static boolean isName(String name) {
    if (name.isEmpty() || Character.isDigit(name.charAt(0))) {
      return false;
    }
    return name.chars()
        .allMatch(
            c -> c == '_' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9');
  }

  private @Nullable String replace(String hidden, Function<String, @Nullable String> with) {
    if (hidden.indexOf(OPEN) < 0) {
      return hidden;
    }
    boolean complete = true;
    StringBuilder out = new StringBuilder(hidden.length() + 32);
    int at = 0;
    while (at < hidden.length()) {
      char c = hidden.charAt(at);
      if (c != OPEN) {
        out.append(c);
        at++;
        continue;
      }
      int end = hidden.indexOf(CLOSE, at);
      String value = with.apply(references.get(Integer.parseInt(hidden.substring(at + 1, end))));
      complete &= value != null;
      out.append(value);
      at = end + 1;
    }
    return complete ? out.toString() : null;
  }
}
