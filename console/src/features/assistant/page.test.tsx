import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { AssistantPage } from "@/features/assistant/page";
import { catalogOf } from "@/shared/testing/fake/model-routes";
import { renderPage } from "@/shared/testing/render";

afterEach(() => sessionStorage.clear());

async function askFor(text: string) {
  await userEvent.type(await screen.findByLabelText("Your message"), text);
  await userEvent.click(screen.getByRole("button", { name: "Send" }));
}

describe("the assistant", () => {
  it("shows the answer and who gave it", async () => {
    const { api } = renderPage(<AssistantPage />, { at: "/?model=claude-opus-5-5" });
    await askFor("Hello");
    expect(await screen.findByText(/two keys are drawn/)).toBeInTheDocument();
    expect(await screen.findByText("team-a")).toBeInTheDocument();
    expect(screen.getByText("2 tries")).toBeInTheDocument();
    expect(await screen.findByRole("link", { name: "why this key" })).toHaveAttribute(
      "href",
      "/requests/req_chat",
    );
    expect(api.calls.at(-1)?.call).toBe("POST /assistant/v1/messages");
  });

  it("begins with the model that the address names", async () => {
    renderPage(<AssistantPage />, { at: "/?model=gpt-6-luna" });
    expect(await screen.findByLabelText("Model", { selector: "input" })).toHaveValue("gpt-6-luna");
  });

  it("begins with an ordinary model, and not with the dearest", async () => {
    renderPage(<AssistantPage />);
    expect(await screen.findByLabelText("Model", { selector: "input" })).toHaveValue("gemini-3.8-pro");
  });

  it("names no key to members", async () => {
    renderPage(<AssistantPage />, { role: "member" });
    await askFor("Hello");
    expect(await screen.findByText("2 tries")).toBeInTheDocument();
    expect(screen.queryByText("team-a")).not.toBeInTheDocument();
  });

  it("stops when told to, and keeps what has come", async () => {
    renderPage(<AssistantPage />);
    await askFor("slow");
    await userEvent.click(await screen.findByRole("button", { name: "Stop" }));
    expect(await screen.findByText("stopped")).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Send" })).toBeInTheDocument();
  });

  it("tells the tally when no key is free, and asks again", async () => {
    const { api } = renderPage(<AssistantPage />);
    await askFor("429");
    expect(await screen.findByText(/3 throttled, 2 over budget/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Ask again" }));
    await waitFor(() => expect(api.calls).toHaveLength(2));
  });

  it("sends pictures that are picked", async () => {
    const { api, container } = renderPage(<AssistantPage />, { at: "/?model=claude-opus-5-5" });
    await screen.findByLabelText("Your message");
    const input = container.querySelector<HTMLInputElement>('input[type="file"]');
    await userEvent.upload(input as HTMLInputElement, new File(["hi"], "cat.png", { type: "image/png" }));
    expect(await screen.findByAltText("cat.png")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Send" }));
    await waitFor(() =>
      expect(api.calls.at(-1)?.body).toMatchObject({
        messages: [{ content: [{ type: "image", source: { media_type: "image/png", data: "aGk=" } }] }],
      }),
    );
  });

  it("tells a newcomer what is missing", async () => {
    const { api } = renderPage(<AssistantPage />);
    catalogOf(api.world).models = [];
    expect(await screen.findByRole("link", { name: "Add an API key" })).toHaveAttribute(
      "href",
      "/settings/keys",
    );
  });
});
