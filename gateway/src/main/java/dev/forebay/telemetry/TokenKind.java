package dev.forebay.telemetry;

import dev.forebay.dialect.Usage;

/// The parts of a usage that are counted apart; they add up to all of it.
enum TokenKind {
  /// Results of server tools included: no cache was involved in them either.
  INPUT_FRESH {
    @Override
    long of(Usage usage) {
      return usage.inFresh() + usage.toolIn();
    }
  },
  INPUT_CACHE_READ {
    @Override
    long of(Usage usage) {
      return usage.inCacheRead();
    }
  },
  INPUT_CACHE_WRITE {
    @Override
    long of(Usage usage) {
      return usage.inCacheWrite5m() + usage.inCacheWrite1h();
    }
  },
  OUTPUT_VISIBLE {
    @Override
    long of(Usage usage) {
      return usage.outVisible();
    }
  },
  OUTPUT_REASONING {
    @Override
    long of(Usage usage) {
      return usage.outReasoning();
    }
  };

  abstract long of(Usage usage);
}
