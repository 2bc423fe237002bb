/// The console in a real browser: Chromium, driven by Playwright, in front of a whole gateway.
///
/// [Visit] gives a test its gateway and opens windows; a [Screen] is what somebody sees in one.
/// Things are found by role and by name, as people who only hear the page find them, and every
/// expectation waits by itself until it holds. A window that logs an error, breaks the content
/// security policy or asks another server fails its test.
@NullMarked
package dev.forebay.app.browser;

import org.jspecify.annotations.NullMarked;
