package dev.forebay.app.roundtrip;

import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.Where;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the neutral model holds, without the places it was read from: a line for every value, with
/// the name of its field. *Immutable.*
record Dump(List<String> lines) {

  Dump {
    lines = List.copyOf(lines);
  }

  static Dump of(Record model) {
    List<String> lines = new ArrayList<>();
    add("", model, lines);
    return new Dump(lines);
  }

  private static void add(String name, @Nullable Object value, List<String> lines) {
    switch (value) {
      case null -> lines.add(name + "=null");
      case Slice slice -> lines.add(name + "=" + slice.text().replaceAll("\\s", ""));
      case Collection<?> all -> all.forEach(one -> add(name, one, lines));
      case Record record -> addRecord(name, record, lines);
      default -> lines.add(name + "=" + value);
    }
  }

  private static void addRecord(String name, Record record, List<String> lines) {
    lines.add(name + ":" + record.getClass().getSimpleName());
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      if (component.getType() != Where.class) {
        try {
          component.getAccessor().setAccessible(true);
          add(component.getName(), component.getAccessor().invoke(record), lines);
        } catch (IllegalAccessException | InvocationTargetException e) {
          throw new IllegalStateException("cannot read " + component, e);
        }
      }
    }
  }

  /// The lines that the other has not, or not as often.
  Dump without(Dump other) {
    List<String> left = new ArrayList<>(lines);
    other.lines.forEach(left::remove);
    return new Dump(left);
  }

  /// Whether it has all lines of the other.
  boolean holds(Dump other) {
    return other.without(this).lines.isEmpty();
  }
}
