/// The console's API and files.
@NullMarked
package dev.forebay.transport.admin;

import org.jspecify.annotations.NullMarked;
