/// How requests are read from the bytes on the wire.
@NullMarked
package dev.forebay.transport.server;

import org.jspecify.annotations.NullMarked;
