package dev.forebay.dialect.neutral;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an answer may consist of, how it shall sound and how it shall look. *Immutable.*
///
/// @param asked in the caller's order; empty when not said
/// @param voice who shall speak; null when not said
/// @param form of the sound, in the words of OpenAI: `wav`, `pcm16`, `mp3`; null when not said
/// @param own what else is said about it in a way that only its own dialect has, by its field
public record Rendering(
    List<Modality> asked, @Nullable Voice voice, @Nullable String form, List<Own> own) {

  /// For requests that say nothing of it, which are nearly all.
  public static final Rendering UNSAID = new Rendering(List.of(), null, null, List.of());

  public Rendering {
    asked = List.copyOf(asked);
    own = List.copyOf(own);
  }

  /// A voice, as the dialect that has it says it: others have voices of their own.
  public record Voice(Dialect owner, Slice json) {}

  /// One field of its own dialect.
  public record Own(Dialect owner, String field, Slice json) {}

  /// Whether the caller wants to hear the answer.
  public boolean spoken() {
    return asked.contains(Modality.AUDIO);
  }

  /// Loses what a dialect cannot give that has nothing but text.
  public void loseAll(Losses losses) {
    if (this == UNSAID) {
      return;
    }
    for (Modality modality : asked) {
      if (modality != Modality.TEXT && modality != Modality.TRANSCRIPT) {
        losses.lose(Feature.MODALITIES);
      }
    }
    if (voice != null) {
      losses.lose(Feature.VOICE);
    }
    if (form != null) {
      losses.lose(Feature.SOUND_FORM);
    }
    loseOwn(losses, null);
  }

  /// Loses what only another dialect than this one has.
  public void loseOwn(Losses losses, @Nullable Dialect target) {
    for (Own one : own) {
      if (one.owner() != target) {
        losses.lose(Feature.OWN_OPTION, one.field());
      }
    }
  }
}
