package dev.forebay.dialect.json;

import org.jspecify.annotations.Nullable;

/// A place in the caller's document, put into words only when somebody asks. *Immutable.*
///
/// @param index of an element in the array `name`; -1 for the field itself
public record Where(@Nullable Where parent, String name, int index) {

  public static Where of(String name) {
    return new Where(null, name, -1);
  }

  public static Where of(String name, int index) {
    return new Where(null, name, index);
  }

  public Where then(String field) {
    return new Where(this, field, -1);
  }

  public Where then(String array, int element) {
    return new Where(this, array, element);
  }

  @Override
  public String toString() {
    String own = index < 0 ? name : name + "[" + index + "]";
    return parent == null ? own : parent + "." + own;
  }
}
