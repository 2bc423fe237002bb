/// Values that must not be printed.
@NullMarked
package dev.forebay.secrets;

import org.jspecify.annotations.NullMarked;
