package dev.forebay.pool;

import org.jspecify.annotations.Nullable;

/// Whose limits a key draws on, as the provider named it with an answer. Immutable.
///
/// @param organization an organisation, or what else has limits of its own
/// @param section a part of it with limits of its own, such as a workspace or project; null when
///   the answer named none
record Identity(String organization, @Nullable String section) {

  /// How the ids of learned groups begin; those of declared ones and of single keys do not.
  static final String LEARNED = "org:";

  private static final int LONGEST = 200;

  /// The identity that an answer names; null when it is no name.
  static @Nullable Identity of(String organization, @Nullable String section) {
    if (!isName(organization)) {
      return null;
    }
    return new Identity(organization, section != null && isName(section) ? section : null);
  }

  private static boolean isName(String text) {
    if (text.isBlank() || text.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  /// Whether an answer that names these speaks of the same: one may leave the section out.
  boolean isOf(String anOrganization, @Nullable String aSection) {
    return organization.equals(anOrganization) && (aSection == null || aSection.equals(section));
  }

  /// The id of its limit group.
  String group() {
    return LEARNED + (section == null ? organization : organization + "/" + section);
  }
}
