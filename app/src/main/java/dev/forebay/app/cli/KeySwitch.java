package dev.forebay.app.cli;

/// What can be done to keys of the pool at once and without a question.
enum KeySwitch {
  PAUSE(
      "pause",
      "Switch keys off; requests under way end normally.",
      "forebay keys pause anthropic/team-a",
      "forebay keys pause --all --json"),
  RESUME(
      "resume",
      "Switch paused keys on again.",
      "forebay keys resume anthropic/team-a openai/main",
      "forebay keys resume --all"),
  RECOVER(
      "recover",
      "End cooldowns and rejections now: the keys serve again with the next request.",
      "forebay keys recover openai/main",
      "forebay keys recover --all");

  private final String word;
  private final String description;
  private final String[] examples;

  KeySwitch(String word, String description, String... examples) {
    this.word = word;
    this.description = description;
    this.examples = examples;
  }

  String word() {
    return word;
  }

  String description() {
    return description;
  }

  String[] examples() {
    String[] indented = new String[examples.length];
    for (int i = 0; i < examples.length; i++) {
      indented[i] = "  " + examples[i];
    }
    return indented;
  }
}
