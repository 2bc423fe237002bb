/// The control API of a running gateway, as commands call it.
///
/// [Endpoint] finds where the gateway is and with what to sign in; [ControlClient] makes the calls;
/// every call ends in an [Answer]: the API's JSON, or a [Refusal] that says what to do. [Finder]
/// knows keys by the names people use.
@NullMarked
package dev.forebay.app.remote;

import org.jspecify.annotations.NullMarked;
