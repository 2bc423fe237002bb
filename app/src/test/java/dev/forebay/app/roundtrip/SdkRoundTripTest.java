package dev.forebay.app.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every field of the official SDKs' types, those of streams too, goes into the neutral model and
/// comes back in its own dialect, or is named: by the translation as it happens, else in [Reasons].
///
/// `docs/reference/round-trips.md` is written from this; `-Dgolden.rewrite=true` writes it anew.
class SdkRoundTripTest {

  private static final String INTRODUCTION =
      """
      # Round trips

      What of a request, of an answer and of a stream does not come through the translation, even back into its own dialect. It is
      found by filling every field of the types of the official Java SDKs in turn. A request that is answered by a provider
      of its own dialect is not translated, and loses nothing.

      A row stands for everything below its field. `[]` is an element of a list, a word in braces a variant. What is in
      no row is kept, as far as the other dialects have a place for it: [dialects](dialects.md).

      This page is generated from the code.
      """;

  private static final Map<Wire, Map<String, Trip>> REQUESTS = new EnumMap<>(Wire.class);
  private static final Map<Wire, Map<String, Trip>> ANSWERS = new EnumMap<>(Wire.class);
  private static final Map<Wire, Map<String, Trip>> STREAMS = new EnumMap<>(Wire.class);

  @BeforeAll
  static void travel() {
    for (Wire wire : Wire.values()) {
      Map<String, Trip> requests = new TreeMap<>();
      for (Leaf leaf : wire.requestLeaves(Seeds.requests(wire))) {
        requests.put(leaf.path(), Trip.request(wire, leaf));
      }
      REQUESTS.put(wire, requests);
      Map<String, Trip> answers = new TreeMap<>();
      for (Leaf leaf : wire.answerLeaves(Seeds.answers(wire))) {
        answers.put(leaf.path(), Trip.answer(wire, leaf));
      }
      ANSWERS.put(wire, answers);
      Map<String, Trip> streams = new TreeMap<>();
      for (Leaf leaf : wire.streamLeaves(Seeds.streams(wire))) {
        streams.put(leaf.path(), Trip.stream(wire, leaf));
      }
      STREAMS.put(wire, streams);
    }
  }

  private static Map<String, Trip> requests(Wire wire) {
    return Objects.requireNonNull(REQUESTS.get(wire));
  }

  private static Map<String, Trip> answers(Wire wire) {
    return Objects.requireNonNull(ANSWERS.get(wire));
  }

  private static Map<String, Trip> streams(Wire wire) {
    return Objects.requireNonNull(STREAMS.get(wire));
  }

  @ParameterizedTest
  @EnumSource
  void everyFieldOfARequestComesBackOrIsNamed(Wire wire) {
    check(requests(wire), Reasons.requests(wire));
    List<String> told =
        requests(wire).entrySet().stream()
            .filter(trip -> trip.getValue() instanceof Trip.Told)
            .map(Map.Entry::getKey)
            .toList();
    assertThat(Reasons.named(wire).idle(told)).as("reasons for what is not named").isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void everyFieldOfAnAnswerComesBackOrIsNamed(Wire wire) {
    check(answers(wire), Reasons.answers(wire));
  }

  @ParameterizedTest
  @EnumSource
  void everyFieldOfAnEventComesBackOrIsNamed(Wire wire) {
    check(streams(wire), Reasons.streams(wire));
  }

  private static void check(Map<String, Trip> trips, Reasons reasons) {
    List<String> silent = new ArrayList<>();
    List<String> lost = new ArrayList<>();
    trips.forEach((path, trip) -> {
      if (!(trip instanceof Trip.Kept) && !(trip instanceof Trip.Told)) {
        lost.add(path);
        if (reasons.of(path) == null) {
          silent.add(path + ": " + trip);
        }
      }
    });
    assertThat(silent).as("fields that are lost and not named").isEmpty();
    assertThat(reasons.idle(lost)).as("reasons for what is not lost").isEmpty();
    assertThat(trips.values())
        .as("fields that are kept")
        .hasAtLeastOneElementOfType(Trip.Kept.class);
  }

  @Test
  void theReferenceIsCurrent() throws IOException {
    Path file = root().resolve("docs/reference/round-trips.md");
    String expected = reference();
    if (Boolean.getBoolean("golden.rewrite")) {
      Files.writeString(file, expected);
    }
    assertThat(file).content().isEqualTo(expected);
  }

  private static String reference() {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    for (Wire wire : Wire.values()) {
      page.append("\n## ").append(wire.title()).append("\n");
      table(page, "request", exactly(requests(wire), wire), Reasons.requests(wire));
      table(page, "answer", answers(wire), Reasons.answers(wire));
      table(page, "event of a stream", streams(wire), Reasons.streams(wire));
    }
    return page.toString();
  }

  private static Map<String, Trip> exactly(Map<String, Trip> trips, Wire wire) {
    Reasons reasons = Reasons.named(wire);
    Map<String, Trip> exact = new TreeMap<>(trips);
    exact.replaceAll((path, trip) -> {
      String why = trip instanceof Trip.Told ? reasons.of(path) : null;
      return why == null ? trip : new Trip.Told(why);
    });
    return exact;
  }

  private static void table(
      StringBuilder page, String what, Map<String, Trip> trips, Reasons reasons) {
    page.append("\n| ").append(what).append(" | why it is not kept |\n|---|---|\n");
    Place root = new Place();
    trips.forEach((path, trip) -> root.add(path, why(path, trip, reasons)));
    root.write("", page);
  }

  /// Null for what is kept.
  private static @Nullable String why(String path, Trip trip, Reasons reasons) {
    return switch (trip) {
      case Trip.Kept _ -> null;
      case Trip.Told(String why) -> why;
      case Trip.Unseen _, Trip.Changed _, Trip.Refused _ -> reasons.of(path);
    };
  }

  /// A field with those inside of it.
  private static final class Place {
    private final Map<String, Place> inside = new TreeMap<>();
    private final List<String> reasons = new ArrayList<>();

    private void add(String path, @Nullable String why) {
      reasons.add(why == null ? "" : why);
      String plain = path.replaceAll("=.*", "");
      int dot = dot(plain);
      if (!plain.isEmpty()) {
        inside
            .computeIfAbsent(dot < 0 ? plain : plain.substring(0, dot), _ -> new Place())
            .add(dot < 0 ? "" : path.substring(dot + 1), why);
      }
    }

    /// Names of variants may have dots in them.
    private static int dot(String path) {
      int open = 0;
      for (int i = 0; i < path.length(); i++) {
        switch (path.charAt(i)) {
          case '(' -> open++;
          case ')' -> open--;
          case '.' -> {
            if (open == 0) {
              return i;
            }
          }
          default -> {}
        }
      }
      return -1;
    }

    private void write(String path, StringBuilder page) {
      List<String> all = reasons.stream().distinct().toList();
      if (!path.isEmpty() && (all.size() == 1 || inside.isEmpty())) {
        String why = String.join("; or ", all.stream().filter(one -> !one.isEmpty()).toList());
        if (!why.isEmpty()) {
          page.append("| `").append(path.replace('(', '{').replace(')', '}')).append("` | ");
          page.append(all.contains("") ? "some values: " : "").append(why).append(" |\n");
        }
        return;
      }
      inside.forEach((name, place) -> place.write(path.isEmpty() ? name : path + "." + name, page));
    }
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    return Files.isDirectory(folder.resolve("dialect")) ? folder : folder.resolve("..").normalize();
  }
}
