package dev.forebay.exchange;

import dev.forebay.dialect.BodyEdits;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Provider;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.StoredAnswer;
import dev.forebay.pool.Lease;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an answer about stored resources teaches of their owner, and how its addresses lead back
/// here. Confined to the exchange.
final class StoredResources {

  private static final String UPLOAD_URL = "x-goog-upload-url";

  private StoredResources() {}

  /// Notes who holds what a whole answer names, and returns it with addresses of ours.
  static List<Slice> read(
      Owners owners, ClientRequest request, Lease lease, Headers provided, List<Slice> answer) {
    Operation operation = request.endpoint().operation();
    String upload = provided.get(UPLOAD_URL);
    String begun = upload == null ? null : StoredAnswer.upload(upload);
    if (begun != null) {
      owners.begun(begun, lease.keyId(), lease.group(), request.client().id());
    }
    if (!AnswerForm.json(provided)
        || answer.isEmpty()
        || StoredAnswer.isContent(request.endpoint().upstreamPath())) {
      return answer;
    }
    Slice json = Slice.joined(answer);
    for (String id : StoredAnswer.ids(operation, json)) {
      owners.remember(id, lease.keyId(), lease.group());
    }
    if (operation.provider() != Provider.ANTHROPIC) {
      return answer;
    }
    return BodyEdits.apply(answer, StoredAnswer.addresses(json, OwnAddress.of(request.headers())));
  }

  /// A header's value as the client gets it: where an upload goes on is here.
  static String header(ClientRequest request, String lowerName, String value) {
    return lowerName.equals(UPLOAD_URL)
        ? StoredAnswer.redirected(value, OwnAddress.of(request.headers()))
        : value;
  }

  /// The stored resource that a request is about or builds on; null when there is none.
  static @Nullable String of(Incoming incoming) {
    String named = incoming.request.endpoint().resource();
    return named == null ? incoming.head.ownedResource() : named;
  }
}
