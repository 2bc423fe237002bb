package dev.forebay.bench.goodput;

import java.util.ArrayList;
import java.util.List;

/// The limits of one organisation; 0 for none.
record Quota(long requests, long tokens, long input, long output, long requestsPerDay) {

  static Quota anthropic(long requests, long input, long output) {
    return new Quota(requests, 0, input, output, 0);
  }

  static Quota openAi(long requests, long tokens) {
    return new Quota(requests, tokens, 0, 0, 0);
  }

  static Quota gemini(long requests, long input) {
    return new Quota(requests, 0, input, 0, 0);
  }

  Quota withRequestsPerDay(long value) {
    return new Quota(requests, tokens, input, output, value);
  }

  Quota times(int factor) {
    return new Quota(
        requests * factor, tokens * factor, input * factor, output * factor, requestsPerDay);
  }

  long of(Axis axis) {
    return switch (axis) {
      case REQUESTS -> requests;
      case TOKENS -> tokens;
      case INPUT -> input;
      case OUTPUT -> output;
      case REQUESTS_PER_DAY -> requestsPerDay;
    };
  }

  List<Meter> meters(Flavour flavour) {
    List<Meter> meters = new ArrayList<>();
    for (Axis axis : Axis.values()) {
      if (of(axis) > 0) {
        boolean window = flavour == Flavour.GEMINI || axis == Axis.REQUESTS_PER_DAY;
        meters.add(window ? new Meter.Window(axis, of(axis)) : new Meter.Bucket(axis, of(axis)));
      }
    }
    return meters;
  }
}
