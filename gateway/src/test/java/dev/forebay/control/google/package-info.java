@NullMarked
package dev.forebay.control.google;

import org.jspecify.annotations.NullMarked;
