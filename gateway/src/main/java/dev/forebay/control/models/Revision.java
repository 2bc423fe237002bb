package dev.forebay.control.models;

/// The end of a model's name that says which edition of it is meant and not which model.
final class Revision {

  private static final String LATEST = "-latest";

  // A digit stands for any; the longest first.
  private static final String[] FORMS = {"-0000-00-00", "-00000000", "-00-0000", "-000"};

  private Revision() {}

  /// Where the revision of `model` begins; its length when it has none.
  static int begin(String model) {
    if (model.endsWith(LATEST)) {
      return model.length() - LATEST.length();
    }
    for (String form : FORMS) {
      if (endsLike(model, form)) {
        return model.length() - form.length();
      }
    }
    return model.length();
  }

  private static boolean endsLike(String model, String form) {
    int at = model.length() - form.length();
    if (at <= 0) {
      return false;
    }
    for (int i = 0; i < form.length(); i++) {
      char c = model.charAt(at + i);
      if (form.charAt(i) == '0' ? c < '0' || c > '9' : c != form.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
