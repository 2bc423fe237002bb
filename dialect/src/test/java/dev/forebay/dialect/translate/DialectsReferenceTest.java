package dev.forebay.dialect.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.neutral.Cell;
import dev.forebay.dialect.neutral.Feature;
import dev.forebay.dialect.neutral.Loss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/reference/dialects.md` is written from [Feature]; `-Dgolden.rewrite=true` writes it anew.
class DialectsReferenceTest {

  private static final String INTRODUCTION =
      """
      # Dialects

      What a request can say, and where it stands in each dialect. A request that is answered by a provider of its own
      dialect passes as it is. Any other is translated; what the target has no place for is left out, and its path is
      named in the answer's `x-forebay-losses`. In strict mode such a request is refused instead.

      - A field in a cell is carried. Words behind it say which part of it may be lost.
      - *Lost* means that the dialect has no place for it; words behind it say what becomes of it.
      - What is marked *vital* changes what was asked: a target that would lose it is better left out.

      Reasoning that a provider has signed or encrypted is only ever given back to who made it. Clients of another
      dialect hold it with its owner's name in front (`fb1.…`), in the field their dialect has for such things:
      `reasoning_details` of a chat message (beside `reasoning_content`), `encrypted_content` of a reasoning item,
      `signature` of a thinking block, `thoughtSignature` of a thought. Whoever sends messages back as they came can
      leave a provider and return.

      In answers, too, some things have no place everywhere:

      - Sources are carried where they have an address, with their title and the place they back up where it is known.
        Clients of Anthropic messages get those that others found as results of a web search, for the whole text; what
        stands in `encrypted_index` begins with `fb1.`, and such sources are taken out again before Anthropic sees them.
      - Log probabilities and more than one answer reach clients of OpenAI chat and Gemini, log probabilities also those
        of OpenAI responses.
      - A signature of Gemini's that comes alone, behind everything else that was said, does not reach clients of
        Anthropic messages: they take the last block for the answer. Before a call it is always kept.
      - A stop sequence that was hit is named to clients of Anthropic messages only when the provider names it.
      - Calls reach clients of Gemini whole, once their arguments have come; all else streams piece by piece.
      - Results of tools that run at a provider are left out. How often the web was searched reaches clients of OpenAI
        responses and of Anthropic messages.
      - What moderation found reaches clients of OpenAI's dialects; of several results those of responses get the first.
      - A provider that is asked in its own words to keep an answer (`store`) does so; the caller holds it under an id of
        another dialect, by which nobody can fetch it or go on from it.
      - When an answer was made is told as its provider says it, else as the gateway began to give it.
      - Sound reaches clients of OpenAI chat and Gemini, and streams to those of responses. Gemini's has no words beside
        it; who asked OpenAI's dialect for `wav` gets its samples with a header, others the bare samples.
      - Pictures reach clients of Gemini, those of responses as `image_generation_call`, those of chat in `images`, a field
        of the message that other servers of the dialect have.
      - Where a picture or sound has no place, the words of the sound stand in the text, else a note that it was there.
      - Who asks for sound or pictures is not answered without: a model that makes none is left out. Whether it does is
        told from its name (`audio`, `tts`, `image`).

      What becomes of every single field of the official SDKs' types is in [round trips](round-trips.md).

      This page is generated from the code.
      """;

  @Test
  void theReferenceIsCurrent() throws IOException {
    Path file = root().resolve("docs/reference/dialects.md");
    String expected = reference();
    if (Boolean.getBoolean("golden.rewrite")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, expected);
    }
    assertThat(file).content().isEqualTo(expected);
  }

  @Test
  void everyLossInTheMatrixIsDeclared() throws IOException {
    List<String> undeclared = new ArrayList<>();
    try (Stream<Path> folders = Files.list(Path.of("src/test/translation"))) {
      for (Path folder : folders.sorted().toList()) {
        for (Wire client : Wire.values()) {
          Path request = folder.resolve("request." + client.word() + ".json");
          if (Files.exists(request)) {
            for (Wire target : Wire.values()) {
              undeclared.addAll(undeclared(request, client, target));
            }
          }
        }
      }
    }
    assertThat(undeclared).isEmpty();
  }

  private static List<String> undeclared(Path request, Wire client, Wire target)
      throws IOException {
    Translation translation =
        Translator.of(client.dialect, target.target())
            .request(Slice.of(Files.readAllBytes(request)), client.options(false));
    if (!(translation instanceof Translation.Translated translated)) {
      return List.of();
    }
    return translated.losses().stream()
        .filter(loss -> !isDeclared(loss, target.dialect))
        .map(loss -> request + " to " + target + ": " + loss.what())
        .toList();
  }

  /// What no other dialect has is lost while the request is read, whoever is to get it.
  private static boolean isDeclared(Loss loss, Dialect target) {
    return loss.feature().in(target).mayLose();
  }

  private static String reference() {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    page.append(
        "\n| what | OpenAI chat | OpenAI responses | Anthropic messages | Gemini |\n"
            + "|---|---|---|---|---|\n");
    for (Feature feature : Feature.values()) {
      page.append("| ").append(feature.meaning());
      page.append(feature.isVital() ? " (vital)" : "").append(" |");
      for (Dialect dialect : Dialect.values()) {
        page.append(' ').append(cell(feature.in(dialect))).append(" |");
      }
      page.append('\n');
    }
    return page.toString();
  }

  private static String cell(Cell cell) {
    String note = cell.note() == null ? "" : cell.note();
    if (cell.field() == null) {
      return note.isEmpty() ? "lost" : "lost: " + note;
    }
    return "`" + cell.field() + "`" + (note.isEmpty() ? "" : "; " + note);
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    return Files.isDirectory(folder.resolve("dialect")) ? folder : folder.resolve("..").normalize();
  }
}
