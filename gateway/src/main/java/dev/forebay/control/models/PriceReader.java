package dev.forebay.control.models;

import dev.forebay.control.yaml.Field;
import dev.forebay.control.yaml.Problems;
import dev.forebay.control.yaml.Quantities;
import dev.forebay.control.yaml.Section;
import dev.forebay.control.yaml.YamlNode;
import dev.forebay.prices.Price;
import dev.forebay.prices.Rates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what one model costs. *Confined to the thread that reads the file.*
final class PriceReader {
  private static final long MILLION = 1_000_000;

  private final Problems problems;

  PriceReader(Problems problems) {
    this.problems = problems;
  }

  /// The price, or null when none is given or it can not be used, which has been noted.
  @Nullable Price read(YamlNode node, String path) {
    if (node instanceof YamlNode.Absent) {
      return null;
    }
    Section section = Section.of(node, path, CatalogFields.PRICE_FIELDS, problems);
    if (!(node instanceof YamlNode.Mapping)) {
      return null;
    }
    needed(section, CatalogFields.INPUT);
    needed(section, CatalogFields.OUTPUT);
    Stated stated = new Stated(section, Map.of());
    List<Price.Tier> tiers = new ArrayList<>();
    tiers.add(new Price.Tier(0, stated.rates()));
    int index = 0;
    for (YamlNode item : section.items(CatalogFields.TIERS)) {
      String where = section.name(CatalogFields.TIERS) + "[" + index++ + "]";
      Section tier = Section.of(item, where, CatalogFields.TIER_FIELDS, problems);
      stated = new Stated(tier, stated.given);
      Long from = tier.value(CatalogFields.FROM, CatalogReader::parseTokens);
      if (from == null) {
        if (tier.scalar(CatalogFields.FROM) == null) {
          tier.missing(CatalogFields.FROM, CatalogFields.FROM.type());
        }
      } else if (from <= tiers.getLast().from()) {
        tier.problem(
            CatalogFields.FROM,
            "must be larger than " + tiers.getLast().from() + ", where the tier before begins");
      } else {
        tiers.add(new Price.Tier(from, stated.rates()));
      }
    }
    return new Price(tiers);
  }

  private static void needed(Section section, Field field) {
    if (section.scalar(field) == null && !section.incomplete(field)) {
      section.missing(field, field.type());
    }
  }

  /// A price per million tokens as nano-dollars per token, which have to come out even.
  private static @Nullable Long parseRate(String text) {
    Long perMillion = Quantities.parseDollars(text);
    return perMillion == null || perMillion % MILLION != 0 || perMillion / MILLION > Rates.LARGEST
        ? null
        : perMillion / MILLION;
  }

  /// What has been said down to one tier.
  private static final class Stated {
    private final Map<Field, Long> given;

    Stated(Section section, Map<Field, Long> below) {
      given = new HashMap<>(below);
      for (Field field : CatalogFields.RATES) {
        Long rate = section.value(field, PriceReader::parseRate);
        if (rate != null) {
          given.put(field, rate);
        }
      }
    }

    Rates rates() {
      long input = given.getOrDefault(CatalogFields.INPUT, 0L);
      long output = given.getOrDefault(CatalogFields.OUTPUT, 0L);
      long write = given.getOrDefault(CatalogFields.CACHE_WRITE, input);
      return new Rates(
          input,
          given.getOrDefault(CatalogFields.CACHE_READ, input),
          write,
          given.getOrDefault(CatalogFields.CACHE_WRITE_LONG, write),
          output,
          given.getOrDefault(CatalogFields.AUDIO_INPUT, input),
          given.getOrDefault(CatalogFields.AUDIO_OUTPUT, output),
          given.getOrDefault(CatalogFields.IMAGE_INPUT, input),
          given.getOrDefault(CatalogFields.IMAGE_OUTPUT, output));
    }
  }
}
