package dev.forebay.control.yaml;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Finds what somebody probably meant to write.
///
/// Distance is optimal string alignment [1]: insertions, deletions, substitutions and swapped
/// neighbours.
///
/// [1] F. J. Damerau, A technique for computer detection and correction of spelling errors,
/// Communications of the ACM 7(3), 1964.
public final class Nearest {
  private Nearest() {}

  /// The known word closest to `word`, or null when none is close.
  public static @Nullable String of(String word, Collection<String> known) {
    String wanted = plain(word);
    String best = null;
    int least = Integer.MAX_VALUE;
    for (String candidate : known) {
      String other = plain(candidate);
      int distance = distance(wanted, other);
      if (other.length() > 3
          && wanted.length() > 3
          && (other.startsWith(wanted) || wanted.startsWith(other))) {
        distance = Math.min(distance, 1);
      }
      // A third of the letters may be wrong; with more, a suggestion is a guess.
      if (distance <= Math.max(1, Math.max(wanted.length(), other.length()) / 3)
          && distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return best;
  }

  /// `'; did you mean 'x'?'`, or nothing.
  public static String hint(String word, Collection<String> known) {
    String nearest = of(word, known);
    return nearest == null ? "" : "; did you mean '" + nearest + "'?";
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }

  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least =
            Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          least = Math.min(least, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = least;
      }
    }
    return cost[a.length()][b.length()];
  }
}
