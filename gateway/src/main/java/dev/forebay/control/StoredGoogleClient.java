package dev.forebay.control;

import dev.forebay.control.GoogleSettings.Publishing;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The operator's OAuth client as the database keeps it. Immutable.
///
/// @param consoleUrl where browsers reach the console; null when nobody said
public record StoredGoogleClient(
    String workspace,
    String clientId,
    StoredSecret secret,
    Publishing publishing,
    @Nullable String consoleUrl,
    Instant updatedAt) {}
