package dev.forebay.exchange;

import dev.forebay.dialect.Slice;
import java.util.List;

/// A model's own refusal, whole, kept for when nobody else answers.
record Declined(Attempt attempt, List<Slice> answer, long bytes) {}
