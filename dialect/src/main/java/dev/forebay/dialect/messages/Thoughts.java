package dev.forebay.dialect.messages;

import dev.forebay.dialect.neutral.Conversation;
import dev.forebay.dialect.neutral.Effort;
import dev.forebay.dialect.neutral.Feature;
import dev.forebay.dialect.neutral.Losses;
import dev.forebay.dialect.neutral.Target;
import dev.forebay.dialect.neutral.Traits;
import org.jspecify.annotations.Nullable;

/// How the model is told to think.
///
/// @param type null when nothing is said
/// @param budget 0 where there is none
record Thoughts(
    @Nullable String type, long budget, @Nullable String display, @Nullable String effort) {

  private static final long LEAST_BUDGET = 1_024;

  private static final Thoughts NOTHING = new Thoughts(null, 0, null, null);

  static Thoughts of(Conversation conversation, Target target, Losses losses) {
    Conversation.Thinking asked = conversation.thinking();
    if (!asked.said()) {
      return NOTHING;
    }
    Traits.Style style = target.traits().thinking();
    if (asked.off()) {
      return style == Traits.Style.NONE ? NOTHING : new Thoughts("disabled", 0, null, null);
    }
    Effort effort = asked.effort();
    Long budget = asked.budget();
    String display = asked.shown() == null ? null : asked.shown() ? "summarized" : "omitted";
    return switch (style) {
      case NONE -> {
        losses.lose(Feature.EFFORT);
        yield NOTHING;
      }
      case EFFORT -> {
        if (effort == null && budget == null) {
          yield new Thoughts("adaptive", 0, display, null);
        }
        Effort meant = effort;
        if (meant == null && budget != null && budget > 0) {
          meant = Effort.ofBudget(budget);
        }
        yield new Thoughts(
            "adaptive", 0, display, meant == null ? null : word(target.traits().fitted(meant)));
      }
      case BUDGET -> {
        if (MessagesTurns.continuesForeignCall(conversation, target)) {
          // Such a model wants its own thinking before the call, and there is none.
          losses.lose(Feature.EFFORT);
          yield NOTHING;
        }
        long tokens =
            budget != null && budget > 0
                ? budget
                : (effort == null ? Effort.MEDIUM : effort).budget();
        long most = target.traits().mostOutput() / 2;
        yield new Thoughts("enabled", Math.clamp(tokens, LEAST_BUDGET, most), null, null);
      }
    };
  }

  private static String word(Effort effort) {
    return effort == Effort.MINIMAL ? Effort.LOW.word() : effort.word();
  }

  boolean on() {
    return type != null && !type.equals("disabled");
  }
}
