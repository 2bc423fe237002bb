@NullMarked
package dev.forebay.transport.google;

import org.jspecify.annotations.NullMarked;
