import { expect, it } from "vitest";
import { sentenceOf } from "@/features/settings/audit-words";

const ENTRY = { id: "a-1", at: "2026-11-26T10:00:00Z", address: "127.0.0.1" };

function said(actor: string, action: string, subject: string, detail = ""): string {
  const {
    actor: who,
    said: did,
    subject: what,
    rest,
    note,
  } = sentenceOf({ ...ENTRY, actor, action, subject, detail });
  return (
    [who, did, what, rest].filter((part) => part !== undefined).join(" ") +
    (note === undefined ? "" : ` | ${note}`)
  );
}

it("says what people did to themselves without naming them twice", () => {
  expect(said("ann@example.org", "session.started", "ann@example.org", "with a password")).toBe(
    "ann@example.org signed in with a password",
  );
  expect(said("ann@example.org", "session.ended", "ann@example.org")).toBe("ann@example.org signed out");
  expect(said("ann@example.org (token deploy …ab12)", "person.password", "ann@example.org")).toBe(
    "ann@example.org (token deploy …ab12) changed their password",
  );
});

it("names the subject when it is another", () => {
  expect(said("ann@example.org", "person.role", "bo@example.org", "from member to admin")).toBe(
    "ann@example.org changed the role of bo@example.org from member to admin",
  );
  expect(said("file", "person.password", "ann@example.org", "and ended every session of that account")).toBe(
    "The settings file changed the password of ann@example.org and ended every session of that account",
  );
});

it("calls keys and models by their name and provider", () => {
  expect(said("ann@example.org", "key.priority", "openai/main", "from 5 to 8")).toBe(
    "ann@example.org changed the priority of main (OpenAI) from 5 to 8",
  );
  expect(said("ann@example.org", "key.edited", "openai/main", "daily tokens from none to 400")).toBe(
    "ann@example.org edited the API key main (OpenAI) | Daily tokens from none to 400",
  );
});

it("names each of the keys that were added together", () => {
  expect(said("ann@example.org", "key.imported", "42 keys", "openai/batch-1, gemini/lab and 40 more")).toBe(
    "ann@example.org imported 42 keys | batch-1 (OpenAI), lab (Gemini) and 40 more",
  );
});

it("leaves an action without words as it is", () => {
  expect(said("ann@example.org", "new.thing", "x")).toBe("ann@example.org new.thing x");
});
