/// The pool of provider keys as a library of its own: `java.base` and nothing else.
module dev.forebay.pool {
  requires static org.jspecify;
}
