package dev.forebay.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Text, one token at a time: a token is a word with the space before it, or some characters of
/// JSON.
final class Prose {

  private static final String[] WORDS = {
    " the",
    " water",
    " gathers",
    " behind",
    " a",
    " wall",
    " and",
    " waits",
    " until",
    " each",
    " gate",
    " opens",
    " in",
    " turn",
    " while",
    " many",
    " small",
    " streams",
    " keep",
    " filling",
    " it",
    " so",
    " that",
    " none",
    " runs",
    " dry",
    " when",
    " one",
    " of",
    " them",
    " rests",
    " for",
    " an",
    " hour",
    " or",
    " more"
  };
  private static final int PIECE_CHARS = 4;
  private static final int SENTENCE_WORDS = 12;

  private Prose() {}

  /// `opening` and then prose, exactly `count` tokens; the opening is cut when it is longer.
  static List<String> words(String opening, int count, SplittableRandom random) {
    List<String> words = new ArrayList<>(count);
    int start = 0;
    while (start < opening.length() && words.size() < count) {
      int end = opening.indexOf(' ', start + 1);
      end = end < 0 ? opening.length() : end;
      words.add(opening.substring(start, end));
      start = end;
    }
    int inSentence = 0;
    while (words.size() < count) {
      String word = WORDS[random.nextInt(WORDS.length)];
      inSentence++;
      if (inSentence == SENTENCE_WORDS || words.size() == count - 1) {
        word = word + '.';
        inSentence = 0;
      }
      words.add(word);
    }
    return words;
  }

  /// `text` in tokens of a few characters; surrogate pairs stay whole.
  static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>(text.length() / PIECE_CHARS + 1);
    int start = 0;
    while (start < text.length()) {
      int end = Math.min(text.length(), start + PIECE_CHARS);
      if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
        end++;
      }
      pieces.add(text.substring(start, end));
      start = end;
    }
    return pieces;
  }
}
