package dev.forebay.exchange;

import dev.forebay.dialect.AnswerStream;
import dev.forebay.dialect.BodyEdits;
import dev.forebay.dialect.Endpoint;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.RequestHead;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.StreamTap;
import dev.forebay.dialect.UpstreamHeaders;
import dev.forebay.dialect.neutral.Loss;
import dev.forebay.dialect.translate.TaggedReasoning;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A request that stays in its dialect: its own bytes, but for another model's name, the usage it
/// is made to ask for, and reasoning that other providers did. Confined to the exchange.
final class Verbatim extends Outgoing {

  private final String path;
  private final List<String> headers;
  private List<Slice> body;

  Verbatim(Incoming incoming, Target target) {
    super(incoming, target);
    ClientRequest request = incoming.request;
    RequestHead head = incoming.head;
    Endpoint.Found endpoint = request.endpoint();
    Operation operation = incoming.operation;
    String model = target.model();
    boolean renamed = !model.equals(head.model());
    List<BodyEdits.Edit> edits =
        BodyEdits.forUpstream(
            head, renamed ? model : null, head.stream() && operation.asksForUsage());
    if (operation.translates() && incoming.directory().mixed()) {
      List<BodyEdits.Edit> foreign = TaggedReasoning.edits(operation, request.body());
      if (!foreign.isEmpty()) {
        edits = new ArrayList<>(edits);
        edits.addAll(foreign);
      }
    }
    this.body = BodyEdits.apply(request.body(), edits);
    this.headers = forwarded(request, operation);
    this.path =
        (renamed && endpoint.model() != null ? endpoint.withModel(model) : endpoint).upstreamPath();
  }

  @Override
  Operation operation() {
    return incoming.operation;
  }

  @Override
  @Nullable Obstacle prepare(String group) {
    return null;
  }

  @Override
  String path() {
    return path;
  }

  @Override
  List<String> headers() {
    return headers;
  }

  @Override
  List<Slice> body() {
    return body;
  }

  @Override
  void body(List<Slice> edited) {
    body = edited;
  }

  @Override
  AnswerStream stream() {
    Operation operation = operation();
    RequestHead head = incoming.head;
    // Usage that we asked for is not the client's to see.
    boolean hide = head.stream() && operation.asksForUsage() && !head.usageAsked();
    return StreamTap.of(operation, serverSentEvents(), hide);
  }

  @Override
  boolean serverSentEvents() {
    return incoming.request.endpoint().sse() || operation() != Operation.STREAM_GENERATE_CONTENT;
  }

  @Override
  boolean passes() {
    return true;
  }

  @Override
  List<Slice> answer(List<Slice> provided) {
    return provided;
  }

  @Override
  Told refusal(Refusal refusal) {
    return new Told(refusal.status(), refusal.body(), refusal.length());
  }

  @Override
  List<Loss> lost() {
    return List.of();
  }

  @Override
  @Nullable String losses() {
    return null;
  }

  @Override
  boolean leavesResource() {
    if (operation().aboutStored()) {
      return false;
    }
    if (incoming.head.stores() || incoming.head.owned() != null) {
      return true;
    }
    String beta =
        operation() == Operation.MESSAGES ? incoming.request.headers().get("anthropic-beta") : null;
    return beta != null && beta.contains("message-threads");
  }

  private static List<String> forwarded(ClientRequest request, Operation operation) {
    List<String> headers = new ArrayList<>(32);
    String connection = request.headers().get("connection");
    request
        .headers()
        .each((name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (UpstreamHeaders.forwardRequest(operation.provider(), lower)
              && (connection == null || !UpstreamHeaders.namedByConnection(connection, lower))) {
            headers.add(name);
            headers.add(value);
          }
        });
    // Usage has to be read from the answer, so it must come uncompressed.
    headers.add("accept-encoding");
    headers.add("identity");
    return headers;
  }
}
