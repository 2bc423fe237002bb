package dev.forebay.simulator;

/// How much of a prompt came from the cache and went into it, in tokens.
///
/// @param writeLong writes with the longer of Anthropic's two lifetimes
record CacheUse(long read, long writeShort, long writeLong) {

  static final CacheUse NONE = new CacheUse(0, 0, 0);

  long write() {
    return writeShort + writeLong;
  }
}
