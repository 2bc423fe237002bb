package dev.forebay.control;

import java.time.Duration;

/// How long the data path waits for others. *Immutable.*
///
/// @param connect to open a connection to a provider
/// @param requestBody for the next piece of a client's request body
/// @param answer for a provider's first content (or a whole unary answer's head), per attempt
/// @param idle between two pieces of a provider's answer
/// @param total from a request's arrival to its first content, over all attempts and waits
public record Timeouts(
    Duration connect, Duration requestBody, Duration answer, Duration idle, Duration total) {

  /// Ten minutes for an answer is what the providers' own clients allow.
  public static final Timeouts DEFAULT =
      new Timeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofMinutes(10),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15));
}
