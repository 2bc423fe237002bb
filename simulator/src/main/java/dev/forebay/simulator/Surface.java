package dev.forebay.simulator;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/// One provider's API.
interface Surface {

  Provider provider();

  /// The largest request body taken.
  long maxBodyBytes();

  /// What is said to a larger one.
  ApiError tooLarge();

  Credential credential(Call call);

  /// What is said to a credential that is not known.
  ApiError unknown(Call call, String secret);

  /// Finds the endpoint and reads the body.
  Opened open(Call call);

  /// The body that says `error`.
  default Buffer errorBody(Call call, ApiError error) {
    return JsonText.bytes(error.body(provider(), call.requestId()));
  }

  /// Adds the headers that every answer carries: request id, identity, what is left of the limits.
  void identify(Call call, MultiMap headers);
}
