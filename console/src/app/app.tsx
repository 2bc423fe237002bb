import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { ModalsProvider } from "@mantine/modals";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { setNonce } from "get-nonce";
import { useState } from "react";
import { RouterProvider } from "react-router";
import { createRouter } from "@/app/router";
import { createQueries } from "@/shared/api/queries";
import { theme } from "@/shared/theme/theme";

const colorSchemes = localStorageColorSchemeManager({ key: "forebay-color-scheme" });

/** The server writes a fresh nonce into each page, for the style elements that Mantine makes. */
function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
}

// Dialogs lock the page's scrolling with a style element of their own.
setNonce(styleNonce());

export function App() {
  const [queries] = useState(createQueries);
  const [router] = useState(createRouter);
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={colorSchemes}
      getStyleNonce={styleNonce}
    >
      <QueryClientProvider client={queries}>
        <ModalsProvider>
          <Notifications position="bottom-right" />
          <RouterProvider router={router} />
        </ModalsProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
