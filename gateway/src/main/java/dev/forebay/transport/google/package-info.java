/// The calls to Google that are not the Gemini API: tokens, revocations, who somebody is, projects.
///
/// [dev.forebay.transport.google.GoogleHttp] is the adapter of `control.google`'s port. It sends
/// through the same client as the data path, on an event loop of its own; whoever asks waits on a
/// virtual thread.
@NullMarked
package dev.forebay.transport.google;

import org.jspecify.annotations.NullMarked;
