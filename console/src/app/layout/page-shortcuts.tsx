import { Group, Kbd, Stack, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useNavigate } from "react-router";
import { MAIN_PAGES, SETTINGS_PAGES } from "@/app/layout/pages";
import { useMayAdminister } from "@/shared/api/session";
import { useShortcuts } from "@/shared/components/shortcut";

const PAGES = [...MAIN_PAGES, ...SETTINGS_PAGES];

/** `g` and a letter goes to a page, `?` shows what there is. */
export function PageShortcuts() {
  const navigate = useNavigate();
  const administers = useMayAdminister();
  const reachable = PAGES.filter((page) => administers || page.administrators !== true);
  useShortcuts({
    "?": openShortcutHelp,
    ...Object.fromEntries(reachable.map(({ key, path }) => [`g ${key}`, () => void navigate(path)])),
  });
  return null;
}

export function openShortcutHelp(): void {
  const rows = [
    { label: "Search this page", keys: ["/"] },
    ...PAGES.map(({ label, key }) => ({ label, keys: ["g", key] })),
    { label: "This list", keys: ["?"] },
  ];
  modals.open({
    title: "Keyboard shortcuts",
    children: (
      <Stack gap={6}>
        {rows.map(({ label, keys }) => (
          <Group key={label} justify="space-between">
            <Text size="sm">{label}</Text>
            <Group gap={4}>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </Group>
          </Group>
        ))}
      </Stack>
    ),
  });
}
