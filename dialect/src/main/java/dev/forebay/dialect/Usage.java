package dev.forebay.dialect;

/// What one answer cost, in tokens, counted the same way for every provider.
///
/// Input is the sum of its disjoint parts (fresh, read from the cache, written to it, results of
/// server tools), output the sum of what the caller saw and what the model thought. The audio and
/// image figures say how much of those sums was sound or pictures; they add nothing.
///
/// @param inFresh input that no cache was involved in
/// @param inCacheRead input read from the provider's prompt cache
/// @param inCacheWrite5m input written to the cache for the short term (OpenAI: 30 minutes)
/// @param inCacheWrite1h input written to the cache for the long term (OpenAI: 12 hours)
/// @param outVisible output without reasoning
/// @param outReasoning thinking, as billed (not as shown)
/// @param toolIn results of server-side tools, billed as input on top of the prompt
/// @param audioIn of the input, sound
/// @param audioOut of the output, sound
/// @param imageIn of the input, pictures
/// @param imageOut of the output, pictures
/// @param estimated some figure is ours, because the provider did not come to give its own
public record Usage(
    long inFresh,
    long inCacheRead,
    long inCacheWrite5m,
    long inCacheWrite1h,
    long outVisible,
    long outReasoning,
    long toolIn,
    long audioIn,
    long audioOut,
    long imageIn,
    long imageOut,
    boolean estimated) {

  /// Nothing was reported and nothing is owed.
  public static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, false);

  public static Usage of(long inFresh, long outVisible) {
    return new Usage(inFresh, 0, 0, 0, outVisible, 0, 0, 0, 0, 0, 0, false);
  }

  public long input() {
    return inFresh + inCacheRead + inCacheWrite5m + inCacheWrite1h + toolIn;
  }

  public long output() {
    return outVisible + outReasoning;
  }

  public long total() {
    return input() + output();
  }

  /// Both together.
  public Usage plus(Usage other) {
    return new Usage(
        inFresh + other.inFresh,
        inCacheRead + other.inCacheRead,
        inCacheWrite5m + other.inCacheWrite5m,
        inCacheWrite1h + other.inCacheWrite1h,
        outVisible + other.outVisible,
        outReasoning + other.outReasoning,
        toolIn + other.toolIn,
        audioIn + other.audioIn,
        audioOut + other.audioOut,
        imageIn + other.imageIn,
        imageOut + other.imageOut,
        estimated || other.estimated);
  }

  /// This usage, with the request's own estimate as input where the provider never told its count.
  public Usage orInput(long estimate) {
    return input() > 0 || estimate <= 0
        ? this
        : new Usage(
            estimate,
            0,
            0,
            0,
            outVisible,
            outReasoning,
            0,
            audioIn,
            audioOut,
            imageIn,
            imageOut,
            true);
  }

  /// This usage with at least that much output, marked as estimated.
  Usage estimatedWithOutput(long output) {
    return new Usage(
        inFresh,
        inCacheRead,
        inCacheWrite5m,
        inCacheWrite1h,
        Math.max(outVisible, output - outReasoning),
        outReasoning,
        toolIn,
        audioIn,
        audioOut,
        imageIn,
        imageOut,
        true);
  }
}
