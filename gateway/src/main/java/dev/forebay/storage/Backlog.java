package dev.forebay.storage;

import org.jspecify.annotations.Nullable;

/// How writing usage stands. Immutable.
///
/// @param waiting rows in memory that are not stored yet
/// @param stored rows stored since the start
/// @param dropped rows lost since the start, because the store failed for too long or refused them
/// @param problem what keeps rows from being stored at present; null when nothing does
public record Backlog(int waiting, long stored, long dropped, @Nullable String problem) {}
