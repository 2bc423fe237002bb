/// The gateway in a test: a real server on a free port, in front of a scripted provider.
///
/// [dev.forebay.testing.TestGateway] starts everything, [dev.forebay.testing.ScriptedProvider]
/// answers key by key what the test says, [dev.forebay.testing.RecordingListener] keeps what
/// happened as sentences, [dev.forebay.testing.RawClient] shows the bytes on the wire.
@NullMarked
package dev.forebay.testing;

import org.jspecify.annotations.NullMarked;
