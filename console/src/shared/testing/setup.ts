import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";

// Generous, for machines that do other things too; hidden elements are found as well, which spares looking at styles.
configure({ asyncUtilTimeout: 10_000, defaultHidden: true });

// What jsdom lacks and Mantine asks for.
beforeEach(() => {
  vi.stubGlobal("matchMedia", (query: string) => ({
    matches: query.includes("reduced-motion"),
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
    dispatchEvent: () => false,
  }));
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {
        return undefined;
      }
      unobserve() {
        return undefined;
      }
      disconnect() {
        return undefined;
      }
    },
  );
  Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true });
  window.scrollTo = () => undefined;
  window.HTMLElement.prototype.scrollIntoView = () => undefined;
  vi.stubGlobal("scrollTo", () => undefined);
  Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  localStorage.clear();
});
