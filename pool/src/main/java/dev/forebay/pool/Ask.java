package dev.forebay.pool;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What one attempt wants of the pool.
///
/// @param inputTokens the estimated input
/// @param outputCap the most output the caller allows, all choices together; -1 when it gave no cap
/// @param triedKeys ids of the keys this exchange has used up
/// @param onlyGroup the limit group that owns a stored resource; null for any
/// @param price what a token costs
/// @param conversation the conversation it belongs to, for affinity
/// @param patience how long it may wait for the group that has its cache, when others have room
/// @param othersWait whether others wait for a key of the model, so that no room is to spare
public record Ask(
    long inputTokens,
    long outputCap,
    List<String> triedKeys,
    @Nullable String onlyGroup,
    TokenPrice price,
    Conversation conversation,
    Duration patience,
    boolean othersWait) {

  public Ask {
    if (inputTokens < 0) {
      throw new IllegalArgumentException("inputTokens: " + inputTokens + " (expected: >= 0)");
    }
    if (outputCap < -1) {
      throw new IllegalArgumentException(
          "outputCap: " + outputCap + " (expected: >= 0, or -1 for none)");
    }
    triedKeys = List.copyOf(triedKeys);
  }

  /// An attempt while nobody waits.
  public Ask(
      long inputTokens,
      long outputCap,
      List<String> triedKeys,
      @Nullable String onlyGroup,
      TokenPrice price,
      Conversation conversation,
      Duration patience) {
    this(inputTokens, outputCap, triedKeys, onlyGroup, price, conversation, patience, false);
  }

  /// An attempt that goes wherever there is room at once.
  public Ask(
      long inputTokens,
      long outputCap,
      List<String> triedKeys,
      @Nullable String onlyGroup,
      TokenPrice price,
      Conversation conversation) {
    this(inputTokens, outputCap, triedKeys, onlyGroup, price, conversation, Duration.ZERO);
  }

  /// An attempt that belongs to no conversation.
  public Ask(
      long inputTokens,
      long outputCap,
      List<String> triedKeys,
      @Nullable String onlyGroup,
      TokenPrice price) {
    this(inputTokens, outputCap, triedKeys, onlyGroup, price, Conversation.NONE);
  }

  /// An attempt whose price is not known.
  public Ask(long inputTokens, long outputCap, List<String> triedKeys, @Nullable String onlyGroup) {
    this(inputTokens, outputCap, triedKeys, onlyGroup, TokenPrice.UNKNOWN);
  }

  /// The first attempt of an exchange that owns nothing.
  public static Ask of(long inputTokens, long outputCap) {
    return new Ask(inputTokens, outputCap, List.of(), null);
  }

  /// The keys this exchange has used up, and those it has `asked` besides.
  List<String> tried(List<String> asked) {
    return asked.isEmpty() ? triedKeys : Stream.concat(triedKeys.stream(), asked.stream()).toList();
  }

  /// Whether this exchange has tried that key.
  boolean hasTried(String keyId) {
    for (int i = 0; i < triedKeys.size(); i++) {
      if (triedKeys.get(i).equals(keyId)) {
        return true;
      }
    }
    return false;
  }

  /// The same, of this limit group alone.
  Ask only(String group) {
    return new Ask(
        inputTokens, outputCap, triedKeys, group, price, conversation, patience, othersWait);
  }
}
