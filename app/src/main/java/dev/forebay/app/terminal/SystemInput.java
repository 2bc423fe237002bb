package dev.forebay.app.terminal;

import java.io.Console;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/// The input of this process.
///
/// @param console null where nobody can be asked
record SystemInput(@Nullable Console console, InputStream stream, Charset charset)
    implements Input {

  @Override
  public boolean typed() {
    return console != null;
  }

  @Override
  public @Nullable String line(String question) {
    return console == null ? null : console.readLine("%s", question);
  }

  @Override
  public @Nullable String secret(String question) {
    char[] typed = console == null ? null : console.readPassword("%s", question);
    return typed == null ? null : new String(typed);
  }

  @Override
  public Reader all() {
    return new InputStreamReader(stream, charset);
  }
}
