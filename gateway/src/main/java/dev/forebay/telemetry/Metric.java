package dev.forebay.telemetry;

import java.util.List;

/// Everything that Forebay itself reports to Prometheus. `docs/reference/metrics.md` is made of it.
///
/// Label values come from closed sets: enums, the keys of the configuration, and the first
/// [ModelNames#LIMIT] models that ever answered; whatever else is called `other`.
enum Metric {
  REQUESTS(
      Type.COUNTER,
      "forebay_requests_total",
      "Requests that ended, by how they ended for the client.",
      "provider",
      "operation",
      "model",
      "end"),
  REQUESTS_IN_FLIGHT(
      Type.GAUGE,
      "forebay_requests_in_flight",
      "Requests that have been read and have not ended.",
      "operation"),
  REQUESTS_WAITING(
      Type.GAUGE,
      "forebay_requests_waiting",
      "Requests in flight that wait for a key.",
      "provider"),
  REQUEST_DURATION(
      Type.HISTOGRAM,
      "forebay_request_duration_seconds",
      "From arrival to the last byte, of requests whose answer reached its end.",
      "provider",
      "operation",
      "stream"),
  FIRST_CONTENT(
      Type.HISTOGRAM,
      "forebay_first_content_seconds",
      "From arrival to the first content byte sent to the client, failed attempts and waiting included.",
      "provider",
      "operation",
      "stream"),
  REQUEST_BYTES(
      Type.COUNTER, "forebay_request_bytes_total", "Bytes of request bodies.", "operation"),
  RESPONSE_BYTES(
      Type.COUNTER,
      "forebay_response_bytes_total",
      "Bytes of bodies sent to clients.",
      "operation"),
  TOKENS(
      Type.COUNTER,
      "forebay_tokens_total",
      "Tokens used, as the providers counted them (or estimated where an answer broke off).",
      "provider",
      "model",
      "kind"),
  COST(
      Type.COUNTER,
      "forebay_cost_usd_total",
      "What those tokens cost in US dollars, as far as prices are known.",
      "provider",
      "model"),
  UNPRICED(
      Type.COUNTER,
      "forebay_unpriced_requests_total",
      "Requests that used tokens whose price is not known; forebay_cost_usd_total lacks them.",
      "provider",
      "model"),
  ATTEMPTS(
      Type.COUNTER,
      "forebay_attempts_total",
      "Attempts to have a key serve a request, by outcome; cause is set where the outcome is throttled.",
      "provider",
      "key",
      "outcome",
      "cause"),
  ATTEMPT_LATENCY(
      Type.HISTOGRAM,
      "forebay_attempt_latency_seconds",
      "From sending an attempt to its first content or its refusal: the provider's own time.",
      "provider",
      "outcome"),
  KEYS(Type.GAUGE, "forebay_keys", "Keys in each state.", "provider", "state"),
  KEY_STATE(
      Type.GAUGE,
      "forebay_key_state",
      "1 for the state a key is in: open, half_open, cooling, spent, rejected or paused.",
      "provider",
      "key",
      "group",
      "state"),
  KEY_UNAVAILABLE(
      Type.GAUGE,
      "forebay_key_unavailable_seconds",
      "How long a cooling or spent key stays out from now on.",
      "provider",
      "key"),
  KEY_IN_FLIGHT(
      Type.GAUGE, "forebay_key_in_flight", "Attempts in flight on a key.", "provider", "key"),
  KEY_RESERVED(
      Type.GAUGE,
      "forebay_key_reserved_tokens",
      "Tokens that the attempts in flight on a key may still cost.",
      "provider",
      "key"),
  KEY_USED_TODAY(
      Type.GAUGE,
      "forebay_key_used_today_tokens",
      "Tokens billed to a key since midnight of the budgets' zone.",
      "provider",
      "key"),
  KEY_DAILY(
      Type.GAUGE,
      "forebay_key_daily_budget_tokens",
      "The daily budget of a key that has one.",
      "provider",
      "key"),
  KEY_RESERVED_USD(
      Type.GAUGE,
      "forebay_key_reserved_usd",
      "The most that the attempts in flight on a key can cost, in US dollars.",
      "provider",
      "key"),
  KEY_USED_TODAY_USD(
      Type.GAUGE,
      "forebay_key_used_today_usd",
      "What was billed to a key since midnight of the budgets' zone, in US dollars, as far as prices are known.",
      "provider",
      "key"),
  KEY_DAILY_USD(
      Type.GAUGE,
      "forebay_key_daily_budget_usd",
      "The daily budget in US dollars of a key that has one.",
      "provider",
      "key"),
  KEY_LOAD(
      Type.GAUGE,
      "forebay_key_load",
      "What the choice between two keys compares: recent tokens, decayed, plus reserved ones.",
      "provider",
      "key"),
  HEADROOM(
      Type.GAUGE,
      "forebay_headroom",
      "What is left of a limit group's limit, as known from the provider, carried forward to now. Models that draw on the same limit show the same.",
      "provider",
      "group",
      "model",
      "axis",
      "period"),
  HEADROOM_LIMIT(
      Type.GAUGE,
      "forebay_headroom_limit",
      "That limit.",
      "provider",
      "group",
      "model",
      "axis",
      "period"),
  COOLING(
      Type.GAUGE,
      "forebay_cooling_seconds",
      "How long one model of a limit group, or of a whole provider, stays out from now on.",
      "provider",
      "scope",
      "group",
      "model",
      "cause"),
  DROPPED(
      Type.COUNTER,
      "forebay_dropped_total",
      "What was not recorded because a queue was full or an output failed; the requests themselves were served.",
      "what"),
  LISTENER_FAILURES(
      Type.COUNTER,
      "forebay_listener_failures_total",
      "Measurements that failed with an error, each one a bug and in the log."),
  BUILD(Type.INFO, "forebay_build_info", "1, with the version that runs.", "version");

  /// How Prometheus is to read it.
  enum Type {
    COUNTER,
    GAUGE,
    HISTOGRAM,
    /// A gauge that is always 1 and carries its news in its labels.
    INFO
  }

  private final Type type;
  private final String exposed;
  private final String description;
  private final List<String> labels;

  Metric(Type type, String exposed, String description, String... labels) {
    this.type = type;
    this.exposed = exposed;
    this.description = description;
    this.labels = List.of(labels);
  }

  Type type() {
    return type;
  }

  /// The name as Prometheus sees it.
  String exposed() {
    return exposed;
  }

  /// The name as the library wants it: it appends the suffixes of counters and infos itself.
  String registered() {
    return switch (type) {
      case COUNTER -> without("_total");
      case INFO -> without("_info");
      case GAUGE, HISTOGRAM -> exposed;
    };
  }

  private String without(String suffix) {
    return exposed.substring(0, exposed.length() - suffix.length());
  }

  String description() {
    return description;
  }

  List<String> labels() {
    return labels;
  }
}
