@NullMarked
package dev.forebay.dialect.json;

import org.jspecify.annotations.NullMarked;
