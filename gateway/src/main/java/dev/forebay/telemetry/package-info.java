/// Listeners: metrics, access log, live feed, usage rows.
@NullMarked
package dev.forebay.telemetry;

import org.jspecify.annotations.NullMarked;
