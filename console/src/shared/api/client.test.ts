import { beforeEach, describe, expect, it, vi } from "vitest";
import { answer, api, ApiProblem, onSessionExpired, rememberCsrfToken, sentence } from "@/shared/api/client";
import { FakeApi } from "@/shared/testing/fake/fake-api";

describe("the API's client", () => {
  let fake: FakeApi;

  beforeEach(() => {
    fake = new FakeApi({ keys: 3 });
    vi.stubGlobal("fetch", fake.fetch);
  });

  it("sends the session's CSRF token with what changes something", async () => {
    const path = { params: { path: { id: "k-1" } } };
    rememberCsrfToken({ ...fake.world.session(), csrfToken: "of another session" });
    await expect(answer(api.POST("/keys/{id}/pause", path))).rejects.toThrow("CSRF");
    rememberCsrfToken(fake.world.session());
    const health = await answer(api.POST("/keys/{id}/pause", path));
    expect(health.state.state).toBe("paused");
  });

  it("announces that nobody is signed in any more", async () => {
    const expired = vi.fn();
    const stop = onSessionExpired(expired);
    fake.world.sessionState = "signed-out";
    await expect(answer(api.GET("/keys"))).rejects.toBeInstanceOf(ApiProblem);
    expect(expired).toHaveBeenCalledTimes(1);
    stop();
  });

  it("has a sentence for people about every failure", () => {
    const problem = {
      type: "conflict",
      title: "Conflict",
      status: 409,
      detail: "There is such a key already",
    };
    expect(sentence(new ApiProblem(problem))).toBe("There is such a key already");
    expect(sentence(new TypeError("Failed to fetch"))).toMatch(/does not answer/);
  });
});
