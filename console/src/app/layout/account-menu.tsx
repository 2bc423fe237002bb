import { Menu, SegmentedControl, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import {
  IconBook2,
  IconChevronRight,
  IconDeviceDesktop,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconSun,
  IconUserCircle,
} from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { Link } from "react-router";
import classes from "@/app/layout/account-menu.module.css";
import { openShortcutHelp } from "@/app/layout/page-shortcuts";
import { answer, api } from "@/shared/api/client";
import { usePerson } from "@/shared/api/session";

export function AccountMenu() {
  const person = usePerson();
  const signOut = useMutation({
    mutationFn: () => answer(api.DELETE("/session")),
    // A new page load leaves nothing of the person's behind in memory. Until it comes this page keeps
    // its session, without which it could not be drawn again.
    onSettled: () => window.location.assign("/sign-in"),
  });
  return (
    <Menu position="top-start" width={224} offset={6}>
      <Menu.Target>
        <UnstyledButton className={classes["person"]}>
          <span className={classes["initials"]} aria-hidden>
            {initials(person.name)}
          </span>
          <span className={classes["words"]}>
            <span className={classes["name"]}>{person.name}</span>
            <span className={classes["role"]}>{person.role}</span>
          </span>
          <IconChevronRight size={14} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <ColorSchemeChoice />
        <Menu.Divider />
        <Menu.Item component={Link} to="/account" leftSection={<IconUserCircle size={16} />}>
          Account
        </Menu.Item>
        <Menu.Item component="a" href="/api/docs" target="_blank" leftSection={<IconBook2 size={16} />}>
          API documentation
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={openShortcutHelp}>
          Keyboard shortcuts
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => signOut.mutate()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function ColorSchemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      aria-label="Appearance"
      value={colorScheme}
      onChange={(value) => setColorScheme(value as typeof colorScheme)}
      data={[
        { value: "light", label: <IconSun size={15} aria-label="Light" /> },
        { value: "auto", label: <IconDeviceDesktop size={15} aria-label="As the system" /> },
        { value: "dark", label: <IconMoon size={15} aria-label="Dark" /> },
      ]}
    />
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return ((words[0]?.[0] ?? "") + (words.length > 1 ? (words.at(-1)?.[0] ?? "") : "")).toUpperCase();
}
