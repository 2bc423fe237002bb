/// Reading and writing JSON in one pass, for the codecs of the dialects.
///
/// A [JsonReader][dev.forebay.dialect.json.JsonReader] walks a document forward and stops with a
/// [Fault][dev.forebay.dialect.json.Fault] that names the path of whatever is not as it should be.
/// It has a tokenizer of its own, which checks a document as it goes and remembers what writing
/// needs. Subtrees that nobody needs to understand (schemas, arguments) and long texts, as
/// [Words][dev.forebay.dialect.json.Words], are kept as ranges of the document and written again as
/// they are by a [JsonWriter][dev.forebay.dialect.json.JsonWriter].
@NullMarked
package dev.forebay.dialect.json;

import org.jspecify.annotations.NullMarked;
