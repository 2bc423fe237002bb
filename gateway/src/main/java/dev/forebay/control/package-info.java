/// Settings, validation and the compiled snapshot that the data path reads.
@NullMarked
package dev.forebay.control;

import org.jspecify.annotations.NullMarked;
