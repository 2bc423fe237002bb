package dev.forebay.control;

import dev.forebay.control.yaml.Field;
import dev.forebay.control.yaml.Section;
import dev.forebay.control.yaml.YamlNode;

/// Names of keys travel in headers and labels, so they keep to printable ASCII.
final class Names {
  private static final int LONGEST = 64;

  private Names() {}

  /// The field's name, or `otherwise` when it is left out or unusable.
  static String read(Section section, Field field, String otherwise) {
    YamlNode.Scalar scalar = section.scalar(field);
    if (scalar == null) {
      return otherwise;
    }
    String name = scalar.text();
    if (name.length() > LONGEST || !name.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      section.problem(field, "must be " + field.type() + ", not " + Section.shown(scalar));
      return otherwise;
    }
    return name;
  }
}
