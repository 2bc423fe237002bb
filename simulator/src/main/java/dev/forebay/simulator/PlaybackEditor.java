package dev.forebay.simulator;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Bends a [Playback] as a [FaultPlan] says. Confined to one call.
final class PlaybackEditor {

  private List<Buffer> pieces;
  private List<Long> due = new ArrayList<>();
  private List<Long> tokens = new ArrayList<>();
  private boolean separate;
  private long length;
  private boolean resets;
  private boolean gzip;
  private boolean headFirst;

  private PlaybackEditor(Playback playback) {
    pieces = new ArrayList<>(playback.pieces());
    for (int i = 0; i < pieces.size(); i++) {
      due.add(playback.dueNanos()[i]);
      tokens.add(playback.tokens()[i]);
    }
    length = playback.length();
  }

  /// Applies the plan to an answer that is not streamed; `error` is the body of an error inside it.
  static Playback edit(Playback whole, FaultPlan plan, Buffer error) {
    PlaybackEditor editor = new PlaybackEditor(whole);
    editor.endWhole(plan, error);
    return editor.finish(plan);
  }

  /// Applies the plan to a stream.
  static Playback edit(Playback stream, FaultPlan plan, ErrorEvents errors) {
    PlaybackEditor editor = new PlaybackEditor(stream);
    editor.endStream(plan, errors);
    return editor.finish(plan);
  }

  private void endStream(FaultPlan plan, ErrorEvents errors) {
    switch (plan.ending()) {
      case Fault.ResetMidStream(int after) -> {
        keep(after);
        resets = true;
        headFirst = true;
      }
      case Fault.CloseCleanlyMidStream(int after) -> {
        keep(after);
        headFirst = true;
      }
      case Fault.ErrorInsideStream(int after, StreamError kind) -> {
        int kept = Math.min(after, pieces.size());
        Buffer error = errors.after(kept, kind);
        replaceFrom(kept, error);
      }
      case Fault.MalformedJson(int after) -> {
        int kept = Math.min(after, pieces.size() - 1);
        Buffer victim = pieces.get(kept);
        int cut = Math.max(1, victim.length() * 2 / 3);
        Buffer broken = Buffer.buffer().appendBuffer(victim.slice(0, cut)).appendString("\n\n");
        replaceFrom(kept, broken);
      }
      case Fault.Stall(int after, Duration silence) -> {
        headFirst = true;
        shift(Math.min(after, pieces.size()), silence.toNanos());
      }
      case null, default -> {}
    }
  }

  private void endWhole(FaultPlan plan, Buffer error) {
    switch (plan.ending()) {
      case Fault.ResetMidStream(int after) -> {
        halve();
        keep(after == 0 ? 0 : 1);
        resets = true;
        headFirst = true;
      }
      case Fault.CloseCleanlyMidStream(int after) -> {
        halve();
        keep(after == 0 ? 0 : 1);
        length = -1;
        headFirst = true;
      }
      case Fault.ErrorInsideStream _ -> {
        replaceFrom(0, error);
        length = error.length();
      }
      case Fault.MalformedJson _ -> {
        Buffer body = pieces.getFirst();
        Buffer broken = body.slice(0, Math.max(1, body.length() * 2 / 3));
        replaceFrom(0, broken);
        length = broken.length();
      }
      case Fault.Stall(int after, Duration silence) -> {
        halve();
        headFirst = true;
        shift(after == 0 ? 0 : 1, silence.toNanos());
      }
      case null, default -> {}
    }
  }

  private Playback finish(FaultPlan plan) {
    if (plan.gzip()) {
      pieces = Gzip.compress(pieces);
      gzip = true;
      length = length < 0 ? -1 : pieces.stream().mapToLong(Buffer::length).sum();
    }
    if (plan.chunkBytes() > 0) {
      cut(plan.chunkBytes(), plan.dripInterval().toNanos());
      separate = true;
      length = -1;
    }
    return new Playback(
        List.copyOf(pieces),
        due.stream().mapToLong(Long::longValue).toArray(),
        tokens.stream().mapToLong(Long::longValue).toArray(),
        separate,
        length,
        resets,
        gzip,
        headFirst);
  }

  /// Splits the one piece into two.
  private void halve() {
    Buffer body = pieces.getFirst();
    int half = body.length() / 2;
    pieces = new ArrayList<>(List.of(body.slice(0, half), body.slice(half, body.length())));
    due.add(due.getFirst());
    tokens.add(tokens.getFirst());
  }

  private void keep(int count) {
    int kept = Math.min(count, pieces.size());
    pieces = pieces.subList(0, kept);
    due = due.subList(0, kept);
    tokens = tokens.subList(0, kept);
  }

  private void replaceFrom(int kept, Buffer last) {
    long at = kept < due.size() ? due.get(kept) : due.isEmpty() ? 0 : due.getLast();
    long sum = kept == 0 ? 0 : tokens.get(kept - 1);
    keep(kept);
    if (last.length() > 0) {
      pieces.add(last);
      due.add(at);
      tokens.add(sum);
    }
  }

  private void shift(int from, long nanos) {
    for (int i = from; i < due.size(); i++) {
      due.set(i, due.get(i) + nanos);
    }
  }

  /// Cuts the body into pieces of `size` bytes, the last one shorter, wherever that falls.
  private void cut(int size, long intervalNanos) {
    Buffer all = Buffer.buffer();
    List<Buffer> cutPieces = new ArrayList<>();
    List<Long> cutDue = new ArrayList<>();
    List<Long> cutTokens = new ArrayList<>();
    int ends = 0;
    for (int i = 0; i < pieces.size(); i++) {
      all.appendBuffer(pieces.get(i));
      boolean last = i == pieces.size() - 1;
      while (all.length() - ends >= size || (last && all.length() > ends)) {
        int end = Math.min(all.length(), ends + size);
        cutPieces.add(all.slice(ends, end));
        long earliest = cutDue.isEmpty() ? 0 : cutDue.getLast() + intervalNanos;
        cutDue.add(Math.max(due.get(i), earliest));
        cutTokens.add(tokens.get(i));
        ends = end;
      }
    }
    pieces = cutPieces;
    due = cutDue;
    tokens = cutTokens;
  }
}
