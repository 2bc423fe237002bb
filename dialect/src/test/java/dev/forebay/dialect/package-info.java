@NullMarked
package dev.forebay.dialect;

import org.jspecify.annotations.NullMarked;
