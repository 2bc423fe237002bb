package dev.forebay.control.google;

import java.util.List;

/// What accounts are asked for.
public final class GoogleScopes {

  /// Generating: without it the Gemini API refuses an account's access token.
  public static final String GENERATE =
      "https://www.googleapis.com/auth/generative-language.retriever";

  /// Listing projects, and using a project's quota.
  public static final String CLOUD = "https://www.googleapis.com/auth/cloud-platform";

  /// In the order in which they are asked for.
  public static final List<String> ALL = List.of("openid", "email", CLOUD, GENERATE);

  /// What a service account asks for: it has no person to name.
  public static final List<String> SERVICE = List.of(CLOUD, GENERATE);

  /// What has to be enabled in every project.
  public static final List<String> SERVICES =
      List.of("generativelanguage.googleapis.com", "cloudresourcemanager.googleapis.com");

  private GoogleScopes() {}
}
