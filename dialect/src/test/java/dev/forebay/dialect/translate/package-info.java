/// Whether every dialect reaches every provider, as golden files, properties and fuzz.
@NullMarked
package dev.forebay.dialect.translate;

import org.jspecify.annotations.NullMarked;
