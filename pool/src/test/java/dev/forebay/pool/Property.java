package dev.forebay.pool;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/// A test of one `long seed`, run with many: the failing one is in the test's name, and
/// `-Dseed=...` runs that one alone.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "seed {0}")
@ArgumentsSource(Property.Seeds.class)
@interface Property {

  int runs() default 300;

  final class Seeds implements ArgumentsProvider {

    @Override
    public Stream<? extends Arguments> provideArguments(
        ParameterDeclarations parameters, ExtensionContext context) {
      Long only = Long.getLong("seed");
      if (only != null) {
        return Stream.of(Arguments.of(only));
      }
      int runs = context.getRequiredTestMethod().getAnnotation(Property.class).runs();
      return LongStream.range(0, runs)
          .mapToObj(i -> Arguments.of(new SplittableRandom(i).nextLong()));
    }
  }
}
