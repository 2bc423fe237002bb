@NullMarked
package dev.forebay.dialect.verdict;

import org.jspecify.annotations.NullMarked;
