/// HTTP in: from a client's connection to an exchange.
@NullMarked
package dev.forebay.transport.server;

import org.jspecify.annotations.NullMarked;
