package dev.forebay.simulator;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The cached prompt prefixes of one account. Thread-safe.
///
/// A prefix is known by a hash over all blocks up to its end, together with the scope (workspace,
/// cache key) and the model. A hit renews its life.
final class PromptCache {

  private static final int MAX_PREFIXES = 50_000;
  private static final Duration LONG = Duration.ofHours(1);

  /// What decides whether two requests may share a prefix, and how prefixes are counted.
  ///
  /// @param minimum shortest prefix that is cached, in tokens
  /// @param granularity hits are rounded down to a multiple of this
  /// @param everywhere life of prefixes that end at any block; null if only breakpoints count
  record Rule(String scope, int minimum, int granularity, @Nullable Duration everywhere) {}

  private record Prefix(String scope, long hash) {}

  private static final class Life {
    private final long nanos;
    private long until;

    Life(long nanos, long now) {
      this.nanos = nanos;
      this.until = now + nanos;
    }
  }

  private final Map<Prefix, Life> lives =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Prefix, Life> eldest) {
          return size() > MAX_PREFIXES;
        }
      };

  /// How much of the prompt is cached, without storing or renewing anything.
  synchronized long peek(Rule rule, List<PromptBlock> blocks, long now) {
    Prefixes known = prefixes(rule, blocks);
    int hit = longestHit(rule, known, now);
    return hit < 0 ? 0 : rounded(rule, known.tokens()[hit]);
  }

  /// Looks the prompt up and stores what is to be stored.
  synchronized CacheUse use(Rule rule, List<PromptBlock> blocks, long now) {
    Prefixes known = prefixes(rule, blocks);
    int hit = longestHit(rule, known, now);
    if (hit >= 0) {
      Life life = lives.get(new Prefix(rule.scope(), known.hashes()[hit]));
      if (life != null) {
        life.until = now + life.nanos;
      }
    }
    long read = hit < 0 ? 0 : rounded(rule, known.tokens()[hit]);
    long covered = read;
    long writeShort = 0;
    long writeLong = 0;
    for (int i = hit + 1; i < known.hashes().length; i++) {
      Duration life = life(rule, blocks.get(i));
      long tokens = known.tokens()[i];
      if (life == null || tokens < rule.minimum()) {
        continue;
      }
      lives.put(new Prefix(rule.scope(), known.hashes()[i]), new Life(life.toNanos(), now));
      long written = tokens - covered;
      covered = tokens;
      if (life.compareTo(LONG) >= 0) {
        writeLong += written;
      } else {
        writeShort += written;
      }
    }
    return new CacheUse(read, writeShort, writeLong);
  }

  private static long rounded(Rule rule, long tokens) {
    return tokens / rule.granularity() * rule.granularity();
  }

  /// Hashes and running totals of every prefix that may be cached.
  private record Prefixes(long[] hashes, long[] tokens) {}

  private static Prefixes prefixes(Rule rule, List<PromptBlock> blocks) {
    int count = lastCandidate(rule, blocks) + 1;
    long[] hashes = new long[count];
    long[] tokens = new long[count];
    long hash = 1;
    long sum = 0;
    for (int i = 0; i < count; i++) {
      hash = mix(hash, blocks.get(i).hash());
      sum += blocks.get(i).tokens();
      hashes[i] = hash;
      tokens[i] = sum;
    }
    return new Prefixes(hashes, tokens);
  }

  private static int lastCandidate(Rule rule, List<PromptBlock> blocks) {
    for (int i = blocks.size() - 1; i >= 0; i--) {
      if (life(rule, blocks.get(i)) != null) {
        return i;
      }
    }
    return -1;
  }

  private static @Nullable Duration life(Rule rule, PromptBlock block) {
    return rule.everywhere() != null ? rule.everywhere() : block.breakpoint();
  }

  private int longestHit(Rule rule, Prefixes known, long now) {
    long[] tokens = known.tokens();
    for (int i = tokens.length - 1; i >= 0 && tokens[i] >= rule.minimum(); i--) {
      Life life = lives.get(new Prefix(rule.scope(), known.hashes()[i]));
      if (life != null && life.until > now) {
        return i;
      }
    }
    return -1;
  }

  private static long mix(long hash, long block) {
    long mixed = (hash ^ block) * 0x9E3779B97F4A7C15L;
    return mixed ^ (mixed >>> 29);
  }
}
