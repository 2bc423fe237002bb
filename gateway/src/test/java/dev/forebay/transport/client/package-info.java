/// What goes over the wire to a provider and back.
@NullMarked
package dev.forebay.transport.client;

import org.jspecify.annotations.NullMarked;
