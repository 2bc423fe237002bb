/// The way of one exchange from a client's dialect to a provider's and back.
///
/// [Translator][dev.forebay.dialect.translate.Translator] turns a request over; what it gives back,
/// a [Translated][dev.forebay.dialect.translate.Translation.Translated], also knows the way back:
/// whole answers, refusals, and a
/// [StreamTranslator][dev.forebay.dialect.translate.StreamTranslator] that is driven exactly as a
/// [StreamTap][dev.forebay.dialect.StreamTap] is, so that whoever holds back the preamble of a
/// stream need not know whether it is being translated.
@NullMarked
package dev.forebay.dialect.translate;

import org.jspecify.annotations.NullMarked;
