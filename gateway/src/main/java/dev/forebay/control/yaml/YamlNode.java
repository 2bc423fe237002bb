package dev.forebay.control.yaml;

import java.util.List;

/// A value of a YAML document and the line it stands on. *Immutable.*
public sealed interface YamlNode {

  /// The line the value begins on, counted from 1.
  int line();

  /// Nothing was written after the key.
  record Absent(int line) implements YamlNode {}

  /// A scalar as text; what type it should have is the reader's business.
  ///
  /// @param text with variables filled in, without surrounding blanks
  /// @param written as it stands in the file, before variables were filled in
  /// @param complete false when a variable had no value, which has been noted already
  record Scalar(int line, String text, String written, boolean complete) implements YamlNode {
    /// Whether a variable supplied part of it.
    public boolean interpolated() {
      return !text.equals(written);
    }
  }

  /// A list.
  record Items(int line, List<YamlNode> items) implements YamlNode {
    /// Copies the list.
    public Items {
      items = List.copyOf(items);
    }
  }

  /// Keys and values in the order of the file.
  record Mapping(int line, List<Entry> entries) implements YamlNode {
    /// Copies the list.
    public Mapping {
      entries = List.copyOf(entries);
    }
  }

  /// One key of a mapping.
  record Entry(int line, String key, YamlNode value) {}

  /// What it is, for messages.
  default String kind() {
    return switch (this) {
      case Absent _ -> "nothing";
      case Scalar _ -> "a single value";
      case Items _ -> "a list";
      case Mapping _ -> "a group of settings";
    };
  }
}
