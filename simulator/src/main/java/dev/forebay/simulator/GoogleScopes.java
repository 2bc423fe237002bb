package dev.forebay.simulator;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// What can be asked of a Google account, and what each of it opens.
final class GoogleScopes {

  private static final String AUTH = "https://www.googleapis.com/auth/";

  /// Opens the Gemini API; `cloud-platform` alone does not.
  static final String GEMINI = AUTH + "generative-language.retriever";

  private static final String CLOUD = AUTH + "cloud-platform";

  /// Known scopes with what the consent screen says of them.
  private static final Map<String, String> KNOWN = new LinkedHashMap<>();

  static {
    KNOWN.put("openid", "Associate you with your personal info on Google");
    KNOWN.put("email", "See your primary Google Account email address");
    KNOWN.put(AUTH + "userinfo.email", "See your primary Google Account email address");
    KNOWN.put("profile", "See your personal info");
    KNOWN.put(AUTH + "userinfo.profile", "See your personal info");
    KNOWN.put(CLOUD, "See and change your Google Cloud data");
    KNOWN.put(CLOUD + ".read-only", "See your Google Cloud data");
    KNOWN.put(AUTH + "cloudplatformprojects.readonly", "See your Google Cloud projects");
    KNOWN.put(GEMINI, "Use the Gemini API with your projects");
    KNOWN.put(AUTH + "generative-language.tuning", "Use your tuned Gemini models");
  }

  private GoogleScopes() {}

  static Set<String> of(String text) {
    Set<String> scopes = new LinkedHashSet<>();
    for (String scope : text.split(" ", -1)) {
      if (!scope.isEmpty()) {
        scopes.add(scope);
      }
    }
    return scopes;
  }

  static Set<String> all() {
    return KNOWN.keySet();
  }

  static boolean known(String scope) {
    return KNOWN.containsKey(scope);
  }

  static String says(String scope) {
    return KNOWN.getOrDefault(scope, scope);
  }

  /// Whether somebody may leave this one out when they consent.
  static boolean optional(String scope) {
    return !identity(scope);
  }

  private static boolean identity(String scope) {
    return switch (scope) {
      case "openid", "email", "profile" -> true;
      default -> scope.startsWith(AUTH + "userinfo.");
    };
  }

  static boolean tellsEmail(Set<String> scopes) {
    return scopes.contains("email") || scopes.contains(AUTH + "userinfo.email");
  }

  static boolean opensGemini(Set<String> scopes) {
    return scopes.contains(GEMINI);
  }

  static boolean listsProjects(Set<String> scopes) {
    return scopes.contains(CLOUD)
        || scopes.contains(CLOUD + ".read-only")
        || scopes.contains(AUTH + "cloudplatformprojects.readonly");
  }
}
