package dev.forebay.control.yaml;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads one mapping by its declared fields. *Confined to the thread that reads the file.*
///
/// Every reader answers a usable value even when something is wrong, and notes the problem: reading
/// goes on and finds the next one.
public final class Section {
  private final String path;
  private final int line;
  private final Map<String, YamlNode.Entry> entries = new HashMap<>();
  private final Problems problems;

  private Section(String path, int line, Problems problems) {
    this.path = path;
    this.line = line;
    this.problems = problems;
  }

  /// Opens a mapping; keys that are not among `fields` are noted.
  ///
  /// @param path where it stands, such as `keys[2]`; empty for the whole file
  public static Section of(YamlNode node, String path, List<Field> fields, Problems problems) {
    Section section = new Section(path, node.line(), problems);
    switch (node) {
      case YamlNode.Absent _ -> {}
      case YamlNode.Mapping mapping -> section.take(mapping, fields);
      case YamlNode.Scalar _, YamlNode.Items _ ->
          problems.add(
              node.line(),
              (path.isEmpty() ? "the file" : path)
                  + " must be a group of 'name: value' settings, but is "
                  + node.kind()
                  + "; known: "
                  + names(fields));
    }
    return section;
  }

  private void take(YamlNode.Mapping mapping, List<Field> fields) {
    List<String> known = fields.stream().map(Field::name).toList();
    for (YamlNode.Entry entry : mapping.entries()) {
      if (known.contains(entry.key())) {
        entries.put(entry.key(), entry);
        continue;
      }
      String hint = Nearest.hint(entry.key(), known);
      problems.add(
          entry.line(),
          "unknown key '"
              + entry.key()
              + "'"
              + (path.isEmpty() ? "" : " under " + path)
              + (hint.isEmpty() ? "; " : hint + " ")
              + "known: "
              + names(fields));
    }
  }

  private static String names(List<Field> fields) {
    return String.join(", ", fields.stream().map(Field::name).toList());
  }

  /// The line of a field, or of the section when the field is left out.
  public int line(Field field) {
    YamlNode.Entry entry = entries.get(field.name());
    return entry == null ? line : entry.line();
  }

  /// Whether the field is there with a value.
  public boolean has(Field field) {
    return !(node(field) instanceof YamlNode.Absent);
  }

  /// The field's value as it stands.
  public YamlNode node(Field field) {
    YamlNode.Entry entry = entries.get(field.name());
    return entry == null ? new YamlNode.Absent(line) : entry.value();
  }

  /// Notes a problem with a field's value, after the field's full name.
  public void problem(Field field, String message) {
    problems.add(line(field), name(field) + " " + message);
  }

  /// Notes that a field which is needed is not there.
  public void missing(Field field, String expected) {
    problems.add(
        line(field),
        (path.isEmpty() ? "the file" : path) + " has no " + field.name() + "; give it " + expected);
  }

  /// The field's full name, such as `keys[2].priority`.
  public String name(Field field) {
    return path.isEmpty() ? field.name() : path + "." + field.name();
  }

  /// The field's text; null when it is left out, empty, or could not be completed.
  public YamlNode.@Nullable Scalar scalar(Field field) {
    return switch (node(field)) {
      case YamlNode.Absent _ -> null;
      case YamlNode.Scalar scalar -> scalar.complete() && !scalar.text().isEmpty() ? scalar : null;
      case YamlNode.Items items -> wrongKind(field, items);
      case YamlNode.Mapping mapping -> wrongKind(field, mapping);
    };
  }

  private YamlNode.@Nullable Scalar wrongKind(Field field, YamlNode node) {
    problem(field, "must be " + field.type() + ", but is " + node.kind());
    return null;
  }

  /// Whether a variable that this field needs has no value, which has been noted.
  public boolean incomplete(Field field) {
    return node(field) instanceof YamlNode.Scalar scalar && !scalar.complete();
  }

  /// The field's text, or its fallback.
  public String text(Field field) {
    YamlNode.Scalar scalar = scalar(field);
    return scalar == null ? field.fallback() : scalar.text();
  }

  /// A value that `parse` reads (null: it can not), or the field's fallback, or null without one.
  public <T> @Nullable T value(Field field, Function<String, @Nullable T> parse) {
    T otherwise = field.fallback().isEmpty() ? null : parse.apply(field.fallback());
    YamlNode.Scalar scalar = scalar(field);
    if (scalar == null) {
      return otherwise;
    }
    T value = parse.apply(scalar.text());
    if (value == null) {
      problem(field, "must be " + field.type() + ", not " + shown(scalar));
      return otherwise;
    }
    return value;
  }

  /// A value that `parse` reads or refuses with a message of its own; null when there is none.
  public <T> @Nullable T checked(Field field, Function<String, T> parse) {
    YamlNode.Scalar scalar = scalar(field);
    String text = scalar == null ? field.fallback() : scalar.text();
    if (text.isEmpty()) {
      return null;
    }
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      problem(field, "is wrong: " + e.getMessage());
      return field.fallback().isEmpty() ? null : parse.apply(field.fallback());
    }
  }

  /// A value between two bounds, both included.
  public <T extends Comparable<T>> T between(
      Field field, T least, T most, Function<String, @Nullable T> parse, Function<T, String> show) {
    T value = value(field, parse);
    if (value == null) {
      return least;
    }
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      problem(
          field,
          "must be between "
              + show.apply(least)
              + " and "
              + show.apply(most)
              + ", not "
              + show.apply(value));
      return least;
    }
    return value;
  }

  /// A duration between two bounds.
  public Duration duration(Field field, Duration least, Duration most) {
    return between(field, least, most, Quantities::parseDuration, Quantities::show);
  }

  /// A number of bytes between two bounds.
  public long size(Field field, long least, long most) {
    return between(field, least, most, Quantities::parseSize, Quantities::showSize);
  }

  /// A whole number between two bounds.
  public long number(Field field, long least, long most) {
    return between(field, least, most, Quantities::parseCount, Object::toString);
  }

  /// A yes or no.
  public boolean flag(Field field) {
    Boolean flag = value(field, Section::parseFlag);
    return flag != null && flag;
  }

  /// Reads `on`, `off` and their synonyms; null for anything else.
  public static @Nullable Boolean parseFlag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default -> null;
    };
  }

  /// A credential: at least one character, visible, without blanks inside; null after noting why
  /// not. It is never shown.
  public @Nullable String credential(Field field) {
    if (incomplete(field)) {
      return null;
    }
    YamlNode.Scalar scalar = scalar(field);
    if (scalar == null) {
      switch (node(field)) {
        case YamlNode.Absent _ -> missing(field, field.type());
        case YamlNode.Scalar empty ->
            problem(
                field,
                empty.interpolated()
                    ? "is empty: " + empty.written() + " has no text"
                    : "is empty");
        case YamlNode.Items _, YamlNode.Mapping _ -> {}
      }
      return null;
    }
    int at = 0;
    for (char c : scalar.text().toCharArray()) {
      at++;
      if (c <= ' ' || c > '~') {
        problem(
            field,
            "has a blank or a character that no key contains at position "
                + at
                + "; was it pasted whole?");
        return null;
      }
    }
    return scalar.text();
  }

  /// One of some words; null when there is none, after noting a wrong one.
  public @Nullable String oneOf(Field field, Collection<String> words) {
    YamlNode.Scalar scalar = scalar(field);
    if (scalar == null || words.contains(scalar.text())) {
      return scalar == null ? null : scalar.text();
    }
    problem(field, "must be one of " + String.join(", ", words) + ", not " + near(scalar, words));
    return null;
  }

  private static String near(YamlNode.Scalar scalar, Collection<String> words) {
    return shown(scalar)
        + (Credentials.looksLike(scalar.text()) ? "" : Nearest.hint(scalar.text(), words));
  }

  /// A list of texts without repetitions; a single text counts as a list of one.
  public List<String> texts(Field field) {
    return texts(node(field), name(field));
  }

  /// The texts of a list that stands at `where`.
  public List<String> texts(YamlNode node, String where) {
    List<YamlNode> items =
        switch (node) {
          case YamlNode.Absent _ -> List.of();
          case YamlNode.Scalar scalar -> List.of(scalar);
          case YamlNode.Items list -> list.items();
          case YamlNode.Mapping _ -> {
            problems.add(node.line(), where + " must be a list, but is " + node.kind());
            yield List.of();
          }
        };
    List<String> texts = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (YamlNode item : items) {
      if (!(item instanceof YamlNode.Scalar scalar)) {
        problems.add(item.line(), where + " must be a list of names, but has " + item.kind());
      } else if (!scalar.complete()) {
        continue;
      } else if (scalar.text().isEmpty()) {
        problems.add(item.line(), where + " has an empty name");
      } else if (!seen.add(scalar.text())) {
        problems.add(item.line(), where + " names " + shown(scalar) + " twice");
      } else {
        texts.add(scalar.text());
      }
    }
    return texts;
  }

  /// The items of a list.
  public List<YamlNode> items(Field field) {
    return switch (node(field)) {
      case YamlNode.Absent _ -> List.of();
      case YamlNode.Items list -> list.items();
      case YamlNode.Scalar node -> notAList(field, node);
      case YamlNode.Mapping node -> notAList(field, node);
    };
  }

  private List<YamlNode> notAList(Field field, YamlNode node) {
    problem(field, "must be a list, each item after a '-', but is " + node.kind());
    return List.of();
  }

  /// A mapping of free names to texts.
  public Map<String, YamlNode.Scalar> table(Field field) {
    Map<String, YamlNode.Scalar> table = new LinkedHashMap<>();
    if (node(field) instanceof YamlNode.Mapping mapping) {
      for (YamlNode.Entry entry : mapping.entries()) {
        if (!(entry.value() instanceof YamlNode.Scalar scalar)
            || scalar.complete() && scalar.text().isEmpty()) {
          problems.add(entry.line(), name(field) + "." + entry.key() + " must be a name");
        } else if (scalar.complete()) {
          table.put(entry.key(), scalar);
        }
      }
    } else if (has(field)) {
      problem(field, "must be " + field.type() + ", but is " + node(field).kind());
    }
    return table;
  }

  /// The value in quotes for a message, unless it could be a credential in the wrong place.
  public static String shown(YamlNode.Scalar scalar) {
    if (Credentials.looksLike(scalar.text())) {
      return scalar.interpolated()
          ? "the value of " + scalar.written()
          : "what stands there (hidden, it could be a credential)";
    }
    return "'"
        + scalar.text()
        + "'"
        + (scalar.interpolated() ? " (from " + scalar.written() + ")" : "");
  }
}
