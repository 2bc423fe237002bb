/// Scripted providers with real limits, errors and streams, for tests, demonstrations and load
/// tests.
///
/// A [dev.forebay.simulator.Simulator] serves the APIs of Anthropic, OpenAI and Gemini on one port,
/// for the accounts and keys of a [dev.forebay.simulator.SimulatorSpec]. A request goes through
/// `Gate`: its body is read, a `Surface` (one per provider) finds the credential and the endpoint,
/// the `FaultBook` says what goes wrong with it, the endpoint validates it, asks the `Account` for
/// room within its limits, lets the `Author` write, and a `Player` sends the bytes at their times.
///
/// | file names begin with | hold |
/// |---|---|
/// | `Simulat…`, `Limits`, `Pace`, `Shape`, `Fault…`, `RateLimitKind`, `Refusal`, `StreamError`, `KeyMatcher`, `KeyUsage`, `ReceivedRequest`, `AbortedAnswer` | what callers see |
/// | `Gate`, `Call`, `Surface`, `Opened`, `Reply`, `Playback…`, `Player` | the way of a request |
/// | `Account`, `LimitGroup`, `Meter`, `PromptCache`, `Archive` | what an organisation has |
/// | `Prompt`, `Author`, `Generation`, `Prose`, `SchemaSampler` | the simulated model, without a dialect |
/// | `Anthropic…`, `Messages…`, `Conversation…` | Anthropic's dialect |
/// | `OpenAi…`, `Chat…`, `Response…`, `Embeddings…`, `Completions…`, `Media…`, `Tool…` | OpenAI's dialect |
/// | `Gemini…`, `Compat…` | Gemini's dialect |
/// | `Google…` | OAuth at Google: pages, tokens, accounts and projects |
/// | `Control`, `StateReport`, `SpecReader`, `FaultReader`, `StrictNode` | configuration from outside |
///
/// Everything is deterministic for one seed: texts, ids, chance. Limits and caches follow a
/// [dev.forebay.simulator.SimulatorClock] that tests advance by hand; only pace is real time.
@NullMarked
package dev.forebay.simulator;

import org.jspecify.annotations.NullMarked;
