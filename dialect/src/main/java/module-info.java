/// The wire formats as pure functions over bytes and JSON.
module dev.forebay.dialect {
  requires com.fasterxml.jackson.core;
  requires static org.jspecify;

  exports dev.forebay.dialect;
  exports dev.forebay.dialect.neutral;
  exports dev.forebay.dialect.translate;
  exports dev.forebay.dialect.verdict;
}
