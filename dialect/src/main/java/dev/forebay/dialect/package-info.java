/// The wire formats of the providers, through one neutral model.
@NullMarked
package dev.forebay.dialect;

import org.jspecify.annotations.NullMarked;
