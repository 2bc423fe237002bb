/// HTTP out: from an attempt to a provider's connection.
@NullMarked
package dev.forebay.transport.client;

import org.jspecify.annotations.NullMarked;
