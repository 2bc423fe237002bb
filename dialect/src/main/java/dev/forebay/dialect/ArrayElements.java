package dev.forebay.dialect;

import dev.forebay.dialect.BodyEdits.Edit;
import java.util.ArrayList;
import java.util.List;

/// The elements of one JSON array: where they lie and which of them go. *Confined to one call.*
final class ArrayElements {

  private static final byte[] NOTHING = {};

  private final List<Element> all = new ArrayList<>();
  private boolean someGo;

  private record Element(long start, long end, boolean goes) {}

  void add(long start, long end, boolean goes) {
    all.add(new Element(start, end, goes));
    someGo |= goes;
  }

  /// Adds one splice per run of elements that go; false when all of them do.
  boolean cut(List<Edit> cuts) {
    if (!someGo) {
      return true;
    }
    int size = all.size();
    boolean some = false;
    for (int i = 0; i < size; i++) {
      if (!all.get(i).goes()) {
        some = true;
        continue;
      }
      int first = i;
      while (i + 1 < size && all.get(i + 1).goes()) {
        i++;
      }
      if (i + 1 < size) {
        cuts.add(new Edit(all.get(first).start(), all.get(i + 1).start(), NOTHING));
      } else if (first > 0) {
        cuts.add(new Edit(all.get(first - 1).end(), all.get(i).end(), NOTHING));
      }
    }
    return some;
  }
}
