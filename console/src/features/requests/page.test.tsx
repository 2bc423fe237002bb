import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { RequestsPage } from "@/features/requests/page";
import { finishRequest, requestsOf } from "@/shared/testing/fake/request-routes";
import { renderPage } from "@/shared/testing/render";

describe("requests", () => {
  it("shows a request as it finishes, and holds still while paused", async () => {
    const { api } = renderPage(<RequestsPage />);
    await screen.findByRole("table");
    await waitFor(() => expect(api.world.feed.listeners).toBeGreaterThan(0));
    act(() => finishRequest(api.world, { servedModel: "first-of-all" }));
    expect(await screen.findByText("first-of-all")).toBeInTheDocument();

    await userEvent.click(screen.getByRole("button", { name: "Pause the list" }));
    act(() => finishRequest(api.world, { servedModel: "second-one" }));
    expect(await screen.findByText("1 new request")).toBeInTheDocument();
    expect(screen.queryByText("second-one")).not.toBeInTheDocument();

    await userEvent.click(screen.getByText("1 new request"));
    expect(await screen.findByText("second-one")).toBeInTheDocument();
  });

  it("narrows the list through the address", async () => {
    renderPage(<RequestsPage />, { at: "/?outcome=failed" });
    const table = await screen.findByRole("table");
    expect(within(table).queryByText("Served")).not.toBeInTheDocument();
    expect(within(table).getAllByText("No key free").length).toBeGreaterThan(0);
  });

  it("loads older ones", async () => {
    renderPage(<RequestsPage />);
    const table = await screen.findByRole("table");
    const rows = within(table).getAllByRole("row").length;
    await userEvent.click(screen.getByRole("button", { name: "Load more" }));
    await waitFor(() => expect(within(table).getAllByRole("row").length).toBeGreaterThan(rows));
  });

  it("tells a newcomer what to do", async () => {
    const { api } = renderPage(<RequestsPage />);
    requestsOf(api.world).length = 0;
    expect(await screen.findByText("No requests yet")).toBeInTheDocument();
    expect(screen.getByRole("link", { name: "Connect a program" })).toHaveAttribute(
      "href",
      "/settings/client-keys",
    );
  });
});
