package dev.forebay.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.control.models.CatalogReader;
import dev.forebay.dialect.Provider;
import dev.forebay.exchange.Route;
import dev.forebay.exchange.StandIns;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {

  private static final List<String> BEST =
      List.of("claude-opus-5-5", "gemini-3.8-flash", "gpt-6-sol");

  private static Routes routes(Provider... order) {
    return Routes.of(
        new Config.Fallback(List.of(order), List.of(BEST), false, false),
        Map.of("best", "claude-opus-5-5", "exact", "openai/gpt-6-sol"),
        CatalogReader.shipped());
  }

  private static String told(Route route) {
    return String.join(" ", route.targets().stream().map(Object::toString).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "OPENAI, gpt-6-sol, openai/gpt-6-sol",
    "OPENAI, claude-haiku-4-5, anthropic/claude-haiku-4-5",
    "ANTHROPIC, gemini-3.1-pro-preview, gemini/gemini-3.1-pro-preview",
    "ANTHROPIC, gpt-99, openai/gpt-99",
    "ANTHROPIC, o7-mini, openai/o7-mini",
    "GEMINI, claude-99, anthropic/claude-99",
    "OPENAI, gemini-99, gemini/gemini-99",
    "ANTHROPIC, llama-5, anthropic/llama-5",
    "OPENAI, llama-5, openai/llama-5",
    "OPENAI, openai/llama-5, openai/llama-5",
    "OPENAI, meta/llama-5, openai/meta/llama-5",
    "ANTHROPIC, exact, openai/gpt-6-sol",
    "ANTHROPIC, openai/, anthropic/openai/"
  })
  void aModelBelongsToTheProviderThatHasIt(Provider own, String model, String target) {
    assertThat(routes().find(own, model, null).targets().getFirst()).hasToString(target);
  }

  @Test
  void withoutAnOrderTheListDecides() {
    assertThat(told(routes().find(Provider.ANTHROPIC, "best", null)))
        .isEqualTo("anthropic/claude-opus-5-5 gemini/gemini-3.8-flash openai/gpt-6-sol");
  }

  @Test
  void theOrderDecidesWhoStandsInAndWhoDoesNot() {
    assertThat(
            told(
                routes(Provider.OPENAI, Provider.GEMINI)
                    .find(Provider.ANTHROPIC, "claude-opus-5-5", null)))
        .isEqualTo("anthropic/claude-opus-5-5 openai/gpt-6-sol gemini/gemini-3.8-flash");
    assertThat(told(routes(Provider.ANTHROPIC).find(Provider.OPENAI, "claude-opus-5-5", null)))
        .isEqualTo("anthropic/claude-opus-5-5");
  }

  @Test
  void aWishGoesOverTheOrder() {
    Routes routes = routes(Provider.OPENAI);
    assertThat(told(routes.find(Provider.ANTHROPIC, "best", StandIns.parse("off"))))
        .isEqualTo("anthropic/claude-opus-5-5");
    assertThat(
            told(
                routes.find(
                    Provider.ANTHROPIC, "best", StandIns.parse("openai/gpt-6-luna, gemini"))))
        .isEqualTo("anthropic/claude-opus-5-5 openai/gpt-6-luna gemini/gemini-3.8-flash");
  }

  @Test
  void whoNamesATargetMeansThatOne() {
    Routes routes = routes();
    assertThat(told(routes.find(Provider.ANTHROPIC, "openai/gpt-6-sol", null)))
        .isEqualTo("openai/gpt-6-sol");
    assertThat(
            told(
                routes.find(
                    Provider.ANTHROPIC, "openai/gpt-6-sol", StandIns.parse("gemini/gemini-9"))))
        .isEqualTo("openai/gpt-6-sol gemini/gemini-9");
  }

  @Test
  void editionsOfAModelAreStoodInForLikeTheModel() {
    assertThat(told(routes().find(Provider.ANTHROPIC, "claude-opus-5-5-20261015", null)))
        .isEqualTo("anthropic/claude-opus-5-5-20261015 gemini/gemini-3.8-flash openai/gpt-6-sol");
  }

  @Test
  void whatOnlyOneProviderCanDoStaysThere() {
    assertThat(told(routes().own(Provider.OPENAI, "claude-opus-5-5")))
        .isEqualTo("openai/claude-opus-5-5");
    assertThat(told(routes().own(Provider.OPENAI, "openai/text-embedding-3-small")))
        .isEqualTo("openai/text-embedding-3-small");
  }

  @Test
  void whatIsNoWishIsRefused() {
    assertThatThrownBy(() -> StandIns.parse("openai,mistral"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'mistral' is no target");
    assertThatThrownBy(() -> StandIns.parse("openai/"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
