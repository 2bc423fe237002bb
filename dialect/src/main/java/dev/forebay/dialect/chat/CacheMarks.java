package dev.forebay.dialect.chat;

import dev.forebay.dialect.neutral.Feature;
import dev.forebay.dialect.neutral.Losses;
import dev.forebay.dialect.neutral.Part;
import dev.forebay.dialect.neutral.Target;
import org.jspecify.annotations.Nullable;

/// Which marks of a conversation's prompt cache OpenAI's dialects may write: the first that may not
/// be written is named as lost. *Confined to one call.*
public final class CacheMarks {

  private final Target target;
  private final Losses losses;
  private boolean lost;

  public CacheMarks(Target target, Losses losses) {
    this.target = target;
    this.losses = losses;
  }

  /// The mark that is to be written; null also where the model takes none.
  public Part.@Nullable Cache taken(Part.@Nullable Cache cache, Part part) {
    if (target.traits().marks()) {
      return cache;
    }
    lose(cache, part);
    return null;
  }

  /// There is no place for the mark of this part, if it has one.
  public void lose(Part.@Nullable Cache cache, Part part) {
    if (cache != null && !lost) {
      lost = true;
      losses.lose(Feature.CACHE_MARK, part.where());
    }
  }
}
