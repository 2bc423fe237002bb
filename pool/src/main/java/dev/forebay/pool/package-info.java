/// Who serves the next attempt, and what is learned from how it went.
@NullMarked
package dev.forebay.pool;

import org.jspecify.annotations.NullMarked;
