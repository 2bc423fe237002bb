/// The gateway from outside: real requests through a real server to scripted providers.
@NullMarked
package dev.forebay.gateway;

import org.jspecify.annotations.NullMarked;
