import { AppShell, NavLink, ScrollArea } from "@mantine/core";
import { NavLink as RouterLink, useLocation } from "react-router";
import { AccountMenu } from "@/app/layout/account-menu";
import { FeedIndicator } from "@/app/layout/feed-indicator";
import classes from "@/app/layout/navigation.module.css";
import { MAIN_PAGES, SETTINGS_PAGES, type PageLink } from "@/app/layout/pages";
import { useMayAdminister } from "@/shared/api/session";
import { Wordmark } from "@/shared/components/wordmark";

export function Navigation() {
  return (
    <>
      <AppShell.Section className={classes["top"]} visibleFrom="md">
        <Wordmark />
        <FeedIndicator />
      </AppShell.Section>
      <AppShell.Section grow component={ScrollArea} className={classes["links"]}>
        <nav aria-label="Pages">
          <Links pages={MAIN_PAGES} />
          <p className={classes["group"]}>Settings</p>
          <Links pages={SETTINGS_PAGES} />
        </nav>
      </AppShell.Section>
      <AppShell.Section className={classes["bottom"]}>
        <AccountMenu />
      </AppShell.Section>
    </>
  );
}

function Links({ pages }: { pages: PageLink[] }) {
  const administers = useMayAdminister();
  const { pathname } = useLocation();
  return pages
    .filter((page) => administers || page.administrators !== true)
    .map(({ path, label, icon: Icon, badge: Badge }) => {
      const here = path === "/" ? pathname === "/" : pathname.startsWith(path);
      return (
        <NavLink
          key={path}
          component={RouterLink}
          to={path}
          label={label}
          description={Badge && <Badge />}
          active={here}
          leftSection={<Icon size={17} stroke={1.7} aria-hidden />}
          classNames={{
            root: classes["link"] ?? "",
            section: classes["icon"] ?? "",
            description: classes["badge"] ?? "",
          }}
        />
      );
    });
}
