package dev.forebay.dialect.neutral;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How likely a token was, and what else might have stood there. *Immutable.*
///
/// @param octets the bytes it stands for, each as a character; null where they are those of its
///   text
public record TokenLogprob(
    String token, double logprob, @Nullable String octets, List<TokenLogprob> alternatives) {

  public TokenLogprob {
    alternatives = List.copyOf(alternatives);
  }
}
