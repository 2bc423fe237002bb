package dev.forebay.app.roundtrip;

import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.neutral.Answer;
import dev.forebay.dialect.neutral.Conversation;
import dev.forebay.dialect.neutral.Loss;
import dev.forebay.dialect.neutral.Losses;
import dev.forebay.dialect.neutral.Target;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What became of one leaf on its way into the neutral model and back.
sealed interface Trip {

  /// It is in the model, and as it was once it has been written and read again.
  record Kept() implements Trip {}

  /// The translation says itself that it is lost.
  record Told(String why) implements Trip {}

  /// It does not reach the model, and nothing is said about it.
  record Unseen() implements Trip {}

  /// It is in the model, but another after it has been written and read again.
  record Changed(String before, String after) implements Trip {}

  /// The document is refused.
  record Refused(String message) implements Trip {}

  static Trip request(Wire wire, Leaf leaf) {
    Trip last = new Unseen();
    for (Target target : wire.targets) {
      Trip trip = request(wire, leaf, target);
      if (trip instanceof Kept || trip instanceof Refused) {
        return trip;
      }
      last = trip instanceof Told || !(last instanceof Told) ? trip : last;
    }
    return last;
  }

  private static Trip request(Wire wire, Leaf leaf, Target target) {
    Losses losses = new Losses(wire.dialect);
    try {
      Conversation one = wire.request(leaf.one().toString(), losses);
      Conversation other = wire.request(leaf.other().toString(), losses);
      Dump seen = Dump.of(one);
      Dump seenOther = Dump.of(other);
      Dump again = Dump.of(wire.request(wire.write(one, target, losses), new Losses(wire.dialect)));
      if (!seen.equals(seenOther) && again.holds(seen.without(seenOther))) {
        return new Kept();
      }
      String told = told(losses.all(), leaf.path());
      if (told != null) {
        return new Told(told);
      }
      return seen.equals(seenOther)
          ? new Unseen()
          : new Changed(seen.without(seenOther).toString(), again.without(seen).toString());
    } catch (Fault fault) {
      return new Refused(fault.message());
    }
  }

  private static @Nullable String told(List<Loss> losses, String path) {
    String plain = path.replaceAll("\\([^)]*\\)", "").replaceAll("=.*", "");
    Set<String> why = new LinkedHashSet<>();
    for (Loss loss : losses) {
      String lost = loss.path().replaceAll("\\[\\d+]", "[]");
      if (plain.startsWith(lost) || lost.startsWith(plain)) {
        why.add(loss.feature().meaning());
      }
    }
    return why.isEmpty() ? null : String.join("; ", why);
  }

  static Trip answer(Wire wire, Leaf leaf) {
    try {
      Answer one = wire.answer(leaf.one().toString());
      Dump seen = Dump.of(one);
      Dump other = Dump.of(wire.answer(leaf.other().toString()));
      if (seen.equals(other)) {
        return new Unseen();
      }
      Dump again = Dump.of(wire.answer(wire.write(one)));
      return again.holds(seen.without(other))
          ? new Kept()
          : new Changed(seen.without(other).toString(), again.without(seen).toString());
    } catch (Fault fault) {
      return new Refused(fault.message());
    }
  }

  static Trip stream(Wire wire, Leaf leaf) {
    try {
      Streams.Steps one = wire.stream(leaf.one());
      Dump seen = Dump.of(one);
      Dump other = Dump.of(wire.stream(leaf.other()));
      if (seen.equals(other)) {
        return new Unseen();
      }
      Dump again = Dump.of(wire.stream(wire.write(one)));
      return again.holds(seen.without(other))
          ? new Kept()
          : new Changed(seen.without(other).toString(), again.without(seen).toString());
    } catch (Fault fault) {
      return new Refused(fault.message());
    }
  }
}
