package dev.forebay.dialect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The few changes a body gets on its way, as splices.
public final class BodyEdits {

  private BodyEdits() {}

  /// Replaces the bytes from `from` (inclusive) to `to` (exclusive), counted in the unedited body.
  public record Edit(long from, long to, byte[] replacement) {

    public Edit {
      if (from < 0 || to < from) {
        throw new IllegalArgumentException(
            "an edit must not end before it begins: from " + from + " to " + to);
      }
    }
  }

  /// What a provider has to be sent in place of the caller's bytes, in the order of the body.
  ///
  /// @param aliasedModel the model to name instead; null to keep the caller's
  /// @param askUsage whether a stream shall end with its usage
  public static List<Edit> forUpstream(
      RequestHead head, @Nullable String aliasedModel, boolean askUsage) {
    List<Edit> usage = askUsage ? head.usageEdits() : List.of();
    if (aliasedModel == null || aliasedModel.equals(head.model())) {
      return usage;
    }
    List<Edit> edits = new ArrayList<>(usage);
    for (RequestHead.ModelPlace place : head.modelPlaces()) {
      String name = place.prefix() + aliasedModel;
      edits.add(
          new Edit(
              place.from(),
              place.to(),
              place.json() ? Json.quoted(name) : name.getBytes(StandardCharsets.UTF_8)));
    }
    edits.sort(Comparator.comparingLong(Edit::from));
    return edits;
  }

  /// The body with the edits made; what they do not touch is the same arrays.
  public static List<Slice> apply(List<Slice> body, List<Edit> edits) {
    if (edits.isEmpty()) {
      return body;
    }
    List<Edit> ordered = new ArrayList<>(edits);
    ordered.sort(Comparator.comparingLong(Edit::from));
    List<Slice> edited = new ArrayList<>(body.size() + 2 * ordered.size());
    long sliceStart = 0;
    long done = 0;
    int next = 0;
    for (Slice slice : body) {
      long sliceEnd = sliceStart + slice.length();
      while (next < ordered.size() && ordered.get(next).from() < sliceEnd) {
        Edit edit = ordered.get(next++);
        if (edit.from() < done) {
          throw new IllegalArgumentException(
              "edits must not overlap: one begins at " + edit.from() + ", before " + done);
        }
        keep(edited, slice, sliceStart, done, edit.from());
        if (edit.replacement().length > 0) {
          edited.add(Slice.of(edit.replacement()));
        }
        done = edit.to();
      }
      keep(edited, slice, sliceStart, done, sliceEnd);
      done = Math.max(done, sliceEnd);
      sliceStart = sliceEnd;
    }
    for (; next < ordered.size(); next++) {
      Edit edit = ordered.get(next);
      if (edit.from() != sliceStart || edit.to() != sliceStart || done > sliceStart) {
        throw new IllegalArgumentException(
            "an edit from "
                + edit.from()
                + " to "
                + edit.to()
                + " does not lie in a body of "
                + sliceStart
                + " bytes");
      }
      edited.add(Slice.of(edit.replacement()));
    }
    if (done > sliceStart) {
      throw new IllegalArgumentException(
          "an edit ends at " + done + ", behind a body of " + sliceStart + " bytes");
    }
    return edited;
  }

  /// Keeps the part of a slice that lies between two positions of the body.
  private static void keep(List<Slice> edited, Slice slice, long start, long from, long to) {
    int low = (int) Math.max(0, from - start);
    int high = (int) Math.min(slice.length(), to - start);
    if (low < high) {
      edited.add(slice.part(low, high));
    }
  }
}
