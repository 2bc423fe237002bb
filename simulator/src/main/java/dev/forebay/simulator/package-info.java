/// Scripted providers with real limits, errors and streams.
@NullMarked
package dev.forebay.simulator;

import org.jspecify.annotations.NullMarked;
