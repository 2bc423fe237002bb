package dev.forebay.bench.goodput;

import java.util.HashMap;
import java.util.Map;

/// The prompts one organisation has cached: how far it holds each conversation, and until when. A
/// use renews it. Not thread-safe.
final class PromptCache {

  /// The beginning that all conversations share stands under this number.
  private static final int SHARED = -1;

  private record Held(long tokens, long until) {}

  private final Map<Integer, Held> held = new HashMap<>();
  private final long lifeNanos;

  PromptCache(long lifeNanos) {
    this.lifeNanos = lifeNanos;
  }

  /// How much of the input would be read.
  long peek(Job job, long now) {
    if (!job.inConversation()) {
      return 0;
    }
    return Math.max(
        tokens(job.conversation(), job.input(), now), tokens(SHARED, job.shared(), now));
  }

  private long tokens(int which, long most, long now) {
    Held known = held.get(which);
    return known == null || known.until <= now ? 0 : Math.min(known.tokens, most);
  }

  /// Reads what is there and writes the rest.
  CacheUse use(Job job, long now) {
    if (!job.inConversation()) {
      return new CacheUse(0, 0, job.input());
    }
    long read = peek(job, now);
    held.put(job.conversation(), new Held(job.input(), now + lifeNanos));
    held.put(SHARED, new Held(job.shared(), now + lifeNanos));
    return new CacheUse(read, job.input() - read, 0);
  }
}
