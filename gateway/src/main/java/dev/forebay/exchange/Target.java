package dev.forebay.exchange;

import dev.forebay.dialect.Provider;

/// A provider and a model of it. Immutable.
public record Target(Provider provider, String model) {

  /// As settings and headers name it: `openai/gpt-6-sol`.
  @Override
  public String toString() {
    return model.isEmpty() ? provider.id() : provider.id() + "/" + model;
  }
}
