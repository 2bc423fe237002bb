/// The command line and the wiring that joins everything else.
@NullMarked
package dev.forebay.app;

import org.jspecify.annotations.NullMarked;
