import { AppShell, Burger, Group, VisuallyHidden } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Suspense, useEffect } from "react";
import { Outlet, useLocation } from "react-router";
import { FeedIndicator } from "@/app/layout/feed-indicator";
import { Navigation } from "@/app/layout/navigation";
import { PageShortcuts } from "@/app/layout/page-shortcuts";
import classes from "@/app/layout/shell.module.css";
import { StateAnnouncer } from "@/app/layout/state-announcer";
import { Wordmark } from "@/shared/components/wordmark";
import { LoadingState } from "@/shared/components/page-states";

/** The frame around every page: navigation, the feed's state, shortcuts. */
export function Shell() {
  const [opened, { toggle, close }] = useDisclosure();
  const { pathname } = useLocation();
  useEffect(close, [pathname, close]);
  return (
    <AppShell
      header={{ height: { base: 48, md: 0 } }}
      navbar={{ width: 212, breakpoint: "md", collapsed: { mobile: !opened } }}
      padding={0}
    >
      <a href="#page" className={classes["skip"]}>
        Skip to the page
      </a>
      <AppShell.Header hiddenFrom="md" className={classes["header"]}>
        <Group h="100%" px="md" justify="space-between">
          <Group gap="sm">
            <Burger opened={opened} onClick={toggle} size="sm" aria-label="Navigation" />
            <Wordmark />
          </Group>
          <FeedIndicator />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className={classes["navbar"]}>
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main className={classes["main"]}>
        <div id="page" className={classes["page"]} tabIndex={-1}>
          <Suspense fallback={<LoadingState />}>
            <Outlet />
          </Suspense>
        </div>
      </AppShell.Main>
      <PageShortcuts />
      <VisuallyHidden>
        <StateAnnouncer />
      </VisuallyHidden>
    </AppShell>
  );
}
