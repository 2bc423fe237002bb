package dev.forebay.app.roundtrip;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/// One field of an SDK's type, under its name on the wire. *Immutable.*
///
/// @param required whether the SDK builds no object without it
/// @param constant the JSON it always has, such as the name of a variant; null when it varies
record Field(String name, Type type, boolean required, @Nullable Object constant) {}
