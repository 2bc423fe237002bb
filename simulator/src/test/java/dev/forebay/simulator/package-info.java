/// Tests of the simulated providers: from outside with the official SDKs and a plain HTTP client.
@NullMarked
package dev.forebay.simulator;

import org.jspecify.annotations.NullMarked;
