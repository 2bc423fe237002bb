package dev.forebay.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;

/// What the control endpoint tells about a running simulator.
final class StateReport {

  private StateReport() {}

  static ObjectNode state(World world) {
    ObjectNode state = JsonText.object().put("now", world.clock().now().toString());
    Pace pace = world.pace();
    state
        .putObject("pace")
        .put("firstToken", pace.firstToken().toMillis() + "ms")
        .put("tokensPerSecond", pace.tokensPerSecond())
        .put("answerTokens", pace.answerTokens());
    Shape shape = world.shape();
    state
        .putObject("shape")
        .put("unaryBytes", shape.unaryBytes())
        .put("streamEvents", shape.streamEvents())
        .put("eventBytes", shape.eventBytes())
        .put("eventsPerSecond", shape.eventsPerSecond());
    ObjectNode faults = state.putObject("faults").put("scripted", world.faults().pending());
    ArrayNode standing = faults.putArray("standing");
    world.faults().rules().forEach(rule -> standing.add(rule.toString()));
    ArrayNode organizations = state.putArray("organizations");
    for (Account account : world.accounts()) {
      organizations.add(organization(world, account));
    }
    return state;
  }

  private static ObjectNode organization(World world, Account account) {
    ObjectNode node =
        JsonText.object()
            .put("provider", account.provider().id())
            .put("id", account.organization().id());
    ObjectNode limits = node.putObject("limits");
    account.headrooms().forEach((group, headroom) -> limits.set(group, headroom(headroom)));
    ArrayNode keys = node.putArray("keys");
    for (KeyAccount key : world.keys()) {
      if (key.account() == account) {
        keys.add(key(key.counters().view(key)));
      }
    }
    return node;
  }

  private static ObjectNode headroom(Headroom headroom) {
    ObjectNode node = JsonText.object();
    for (Headroom.Gauge gauge : headroom.gauges()) {
      node.putObject(gauge.dimension().name().toLowerCase(Locale.ROOT))
          .put("limit", gauge.limit())
          .put("remaining", gauge.remaining())
          .put("secondsUntilFull", gauge.nanosUntilFull() / 1e9);
    }
    return node;
  }

  private static ObjectNode key(KeyUsage usage) {
    ObjectNode node =
        JsonText.object()
            .put("secret", usage.secret())
            .put("requests", usage.requests())
            .put("served", usage.served())
            .put("inputTokens", usage.inputTokens())
            .put("outputTokens", usage.outputTokens())
            .put("cacheReadTokens", usage.cacheReadTokens())
            .put("abortedAnswers", usage.abortedAnswers())
            .put("brokenAnswers", usage.brokenAnswers());
    ObjectNode refusals = node.putObject("refusals");
    usage.refusals().forEach((status, count) -> refusals.put(Integer.toString(status), count));
    return node;
  }

  static ObjectNode requests(World world) {
    ObjectNode report = JsonText.object();
    ArrayNode requests = report.putArray("requests");
    for (ReceivedRequest request : world.ledger().requests()) {
      ObjectNode node =
          requests
              .addObject()
              .put("at", request.at().toString())
              .put("method", request.method())
              .put("path", request.path())
              .put("query", request.query())
              .put("secret", request.secret());
      ObjectNode headers = node.putObject("headers");
      for (Map.Entry<String, String> header : request.headers()) {
        headers.put(header.getKey(), header.getValue());
      }
      node.put("body", request.text());
    }
    ArrayNode aborted = report.putArray("aborted");
    for (AbortedAnswer answer : world.ledger().aborted()) {
      aborted
          .addObject()
          .put("at", answer.at().toString())
          .put("secret", answer.secret())
          .put("path", answer.path())
          .put("tokensProduced", answer.tokensProduced())
          .put("bytesWritten", answer.bytesWritten());
    }
    return report;
  }
}
