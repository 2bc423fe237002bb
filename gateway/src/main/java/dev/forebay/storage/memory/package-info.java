/// The storage ports in memory.
@NullMarked
package dev.forebay.storage.memory;

import org.jspecify.annotations.NullMarked;
