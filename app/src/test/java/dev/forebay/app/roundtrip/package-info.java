/// What of the official SDKs' types comes through the neutral model and back.
@NullMarked
package dev.forebay.app.roundtrip;

import org.jspecify.annotations.NullMarked;
