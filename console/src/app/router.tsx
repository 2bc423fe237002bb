import { createBrowserRouter, type RouteObject } from "react-router";
import { Root, Waiting } from "@/app/layout/root";
import { ForAdministrators, SignedIn } from "@/app/layout/signed-in";
import { NotFound, PageFault } from "@/app/layout/page-fault";

/** Every page, loaded when it is first opened. */
const PAGES: RouteObject[] = [
  {
    element: <ForAdministrators />,
    children: [
      { index: true, lazy: async () => ({ Component: (await import("@/features/health/page")).HealthPage }) },
      {
        path: "settings/keys",
        lazy: async () => ({ Component: (await import("@/features/keys/page")).KeysPage }),
      },
      {
        path: "settings/google",
        lazy: async () => ({
          Component: (await import("@/features/google-accounts/page")).GoogleAccountsPage,
        }),
      },
      {
        path: "settings/google/callback",
        lazy: async () => ({
          Component: (await import("@/features/google-accounts/callback-page")).GoogleCallbackPage,
        }),
      },
      {
        path: "settings/general",
        lazy: async () => ({ Component: (await import("@/features/settings/page")).SettingsPage }),
      },
      {
        path: "settings/fallback",
        lazy: async () => ({ Component: (await import("@/features/fallback/page")).FallbackPage }),
      },
      {
        path: "settings/people",
        lazy: async () => ({ Component: (await import("@/features/people/page")).PeoplePage }),
      },
    ],
  },
  {
    path: "settings/client-keys",
    lazy: async () => ({ Component: (await import("@/features/clients/page")).ClientsPage }),
  },
  { path: "usage", lazy: async () => ({ Component: (await import("@/features/usage/page")).UsagePage }) },
  {
    path: "requests/:id?",
    lazy: async () => ({ Component: (await import("@/features/requests/page")).RequestsPage }),
  },
  {
    path: "assistant",
    lazy: async () => ({ Component: (await import("@/features/assistant/page")).AssistantPage }),
  },
  {
    path: "account",
    lazy: async () => ({ Component: (await import("@/features/account/page")).AccountPage }),
  },
  { path: "*", element: <NotFound /> },
];

export function createRouter() {
  return createBrowserRouter([
    {
      element: <Root />,
      hydrateFallbackElement: <Waiting />,
      errorElement: <PageFault />,
      children: [
        {
          path: "sign-in",
          lazy: async () => ({ Component: (await import("@/features/sign-in/sign-in-page")).SignInPage }),
        },
        {
          path: "setup",
          lazy: async () => ({ Component: (await import("@/features/sign-in/set-up-page")).SetUpPage }),
        },
        {
          path: "join",
          lazy: async () => ({ Component: (await import("@/features/sign-in/join-page")).JoinPage }),
        },
        { element: <SignedIn />, children: [{ errorElement: <PageFault />, children: PAGES }] },
      ],
    },
  ]);
}
