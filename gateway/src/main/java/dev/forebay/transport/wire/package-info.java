/// What both ends of the wire share: the crossing between Vert.x and the exchange's own types.
///
/// [dev.forebay.transport.server] takes requests in, [dev.forebay.transport.client] sends attempts
/// out. Vert.x is known here and nowhere else in the gateway.
@NullMarked
package dev.forebay.transport.wire;

import org.jspecify.annotations.NullMarked;
