import { createTheme, type MantineColorsTuple } from "@mantine/core";

/** The one accent. Every other colour means a state. */
const water: MantineColorsTuple = [
  "#eaf4fb",
  "#d3e6f4",
  "#a6cce8",
  "#76b0dc",
  "#5099d1",
  "#388bcb",
  "#2a81c5",
  "#1a6bab",
  "#0e5f9b",
  "#02528a",
];

/** Neutral with a breath of the accent, so that dark surfaces do not look brown beside it. */
const dark: MantineColorsTuple = [
  "#d5dae1",
  "#b4bcc7",
  "#8f99a7",
  "#6b7684",
  "#46505d",
  "#333c47",
  "#262e38",
  "#1b222b",
  "#141a21",
  "#0e1319",
];

const gray: MantineColorsTuple = [
  "#f7f9fb",
  "#f0f3f6",
  "#e4e9ee",
  "#d5dce3",
  "#bcc6d0",
  "#99a5b2",
  "#6c7987",
  "#525e6b",
  "#3a444f",
  "#20272f",
];

export const theme = createTheme({
  primaryColor: "water",
  primaryShade: 7,
  colors: { water, dark, gray },
  black: "#1a2129",
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  fontFamilyMonospace: '"JetBrains Mono Variable", ui-monospace, monospace',
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "1.25rem", lineHeight: "1.3" },
      h2: { fontSize: "1rem", lineHeight: "1.4" },
      h3: { fontSize: "0.875rem", lineHeight: "1.4" },
    },
  },
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.125rem" },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  autoContrast: true,
  components: {
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray" } },
    Button: { defaultProps: { size: "sm" } },
    Tooltip: {
      defaultProps: {
        openDelay: 350,
        events: { hover: true, focus: false, touch: true },
        withArrow: true,
        fz: "xs",
        multiline: true,
        maw: 320,
      },
    },
    Modal: {
      defaultProps: {
        centered: true,
        transitionProps: { duration: 120 },
        closeButtonProps: { "aria-label": "Close" },
      },
      styles: { title: { fontSize: "1rem", fontWeight: 600 } },
    },
    Drawer: {
      defaultProps: {
        position: "right",
        transitionProps: { duration: 140 },
        closeButtonProps: { "aria-label": "Close" },
      },
      styles: { title: { fontSize: "1rem", fontWeight: 600 } },
    },
    Table: { defaultProps: { verticalSpacing: 6, fz: "sm" } },
  },
});
