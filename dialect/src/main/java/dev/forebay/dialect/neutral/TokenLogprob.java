package dev.forebay.dialect.neutral;

import java.util.List;

/// How likely a token was, and what else might have stood there. *Immutable.*
public record TokenLogprob(String token, double logprob, List<TokenLogprob> alternatives) {

  public TokenLogprob {
    alternatives = List.copyOf(alternatives);
  }
}
