package dev.forebay.simulator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One part of a prompt, in the order in which the model reads it.
///
/// @param hash of its bytes
/// @param breakpoint how long the prompt up to here is to be cached; null when nobody asked
record PromptBlock(long hash, int tokens, @Nullable Duration breakpoint) {}
