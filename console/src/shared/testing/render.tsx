import { MantineProvider } from "@mantine/core";
import { ModalsProvider } from "@mantine/modals";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { render, type RenderResult } from "@testing-library/react";
import { Suspense, type ReactNode } from "react";
import { createMemoryRouter, RouterProvider } from "react-router";
import { vi } from "vitest";
import { rememberCsrfToken } from "@/shared/api/client";
import { createQueries } from "@/shared/api/queries";
import { sessionQuery } from "@/shared/api/session";
import { LiveProvider } from "@/shared/live/live";
import { FakeApi } from "@/shared/testing/fake/fake-api";
import type { WorldOptions } from "@/shared/testing/fake/world";
import { theme } from "@/shared/theme/theme";

interface Rendered extends RenderResult {
  api: FakeApi;
}

interface Options extends WorldOptions {
  /** Where the page stands, with its fragment. */
  at?: string;
  /** Other paths and what stands there, to see where a page leads. */
  elsewhere?: Record<string, ReactNode>;
}

/** Renders a page as the console would, against a fake API of its own. */
export function renderPage(page: ReactNode, { at = "/", elsewhere = {}, ...world }: Options = {}): Rendered {
  const api = new FakeApi(world);
  vi.stubGlobal("fetch", api.fetch);
  const queries = createQueries();
  queries.setDefaultOptions({ queries: { retry: false } });
  const session = api.world.session();
  queries.setQueryData(sessionQuery.queryKey, session);
  rememberCsrfToken(session);
  const path = at.split(/[?#]/)[0] ?? "/";
  const router = createMemoryRouter(
    [
      { path, element: page },
      ...Object.entries(elsewhere).map(([elsewherePath, element]) => ({ path: elsewherePath, element })),
    ],
    { initialEntries: [at] },
  );
  const result = render(
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={queries}>
        <LiveProvider>
          <ModalsProvider>
            <Notifications />
            <Suspense>
              <RouterProvider router={router} />
            </Suspense>
          </ModalsProvider>
        </LiveProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { ...result, api };
}
