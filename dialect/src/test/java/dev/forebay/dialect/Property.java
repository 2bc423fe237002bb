package dev.forebay.dialect;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/// A test of something that holds for every seed; a failing seed is in the test's name, and
/// `-Dseed=…` runs it alone.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "seed {0}")
@ArgumentsSource(Property.Seeds.class)
public @interface Property {

  int runs() default 200;

  /// Fresh seeds on every run would make a build depend on luck: these are always the same.
  final class Seeds implements ArgumentsProvider {
    @Override
    public Stream<? extends Arguments> provideArguments(
        ParameterDeclarations parameters, ExtensionContext context) {
      Long only = Long.getLong("seed");
      if (only != null) {
        return Stream.of(Arguments.of(only));
      }
      Property property = context.getRequiredTestMethod().getAnnotation(Property.class);
      return LongStream.range(0, property.runs()).mapToObj(Arguments::of);
    }
  }
}
