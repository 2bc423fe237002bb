package dev.forebay.simulator;

import org.jspecify.annotations.Nullable;

/// Which requests a fault is for; a null component matches everything.
///
/// @param model the model as requested; requests without a model match only a null
/// @param path a part of the request's path, such as `/v1/messages` or `:streamGenerateContent`
public record KeyMatcher(
    @Nullable String secret,
    @Nullable String provider,
    @Nullable String organization,
    @Nullable String model,
    @Nullable String path) {

  public KeyMatcher {
    if (provider != null) {
      Provider.of(provider);
    }
  }

  /// Every request with a known key.
  public static KeyMatcher any() {
    return new KeyMatcher(null, null, null, null, null);
  }

  public static KeyMatcher secret(String secret) {
    return any().withSecret(secret);
  }

  public static KeyMatcher provider(String provider) {
    return any().withProvider(provider);
  }

  public static KeyMatcher organization(String organization) {
    return any().withOrganization(organization);
  }

  public static KeyMatcher model(String model) {
    return any().withModel(model);
  }

  public KeyMatcher withSecret(@Nullable String value) {
    return new KeyMatcher(value, provider, organization, model, path);
  }

  public KeyMatcher withProvider(@Nullable String value) {
    return new KeyMatcher(secret, value, organization, model, path);
  }

  public KeyMatcher withOrganization(@Nullable String value) {
    return new KeyMatcher(secret, provider, value, model, path);
  }

  public KeyMatcher withModel(@Nullable String value) {
    return new KeyMatcher(secret, provider, organization, value, path);
  }

  public KeyMatcher withPath(@Nullable String value) {
    return new KeyMatcher(secret, provider, organization, model, value);
  }

  boolean matches(
      String aSecret, Provider aProvider, String anOrganization, String aModel, String aPath) {
    return (secret == null || secret.equals(aSecret))
        && (provider == null || provider.equals(aProvider.id()))
        && (organization == null || organization.equals(anOrganization))
        && (model == null || model.equals(aModel))
        && (path == null || aPath.contains(path));
  }
}
