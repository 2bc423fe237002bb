/// The providers' official SDKs, unmodified, through a gateway to simulated providers.
@NullMarked
package dev.forebay.app.sdk;

import org.jspecify.annotations.NullMarked;
