import {
  IconActivityHeartbeat,
  IconIdBadge2,
  IconChartHistogram,
  IconKey,
  IconListSearch,
  IconMessageCircle,
  IconPlugConnected,
  IconRoute,
  IconSettings,
  IconUsers,
  type TablerIcon,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import { GoogleBadge } from "@/app/layout/google-badge";

/** A page of the navigation; the second key of its shortcut follows `g`. */
export interface PageLink {
  path: string;
  label: string;
  icon: TablerIcon;
  key: string;
  /** Members have no use for it. */
  administrators?: boolean;
  /** Says a few live words under its label. */
  badge?: ComponentType;
}

export const MAIN_PAGES: PageLink[] = [
  { path: "/", label: "Health", icon: IconActivityHeartbeat, key: "h", administrators: true },
  { path: "/usage", label: "Usage", icon: IconChartHistogram, key: "u" },
  { path: "/requests", label: "Requests", icon: IconListSearch, key: "r" },
  { path: "/assistant", label: "Assistant", icon: IconMessageCircle, key: "a" },
];

export const SETTINGS_PAGES: PageLink[] = [
  { path: "/settings/keys", label: "API keys", icon: IconKey, key: "k", administrators: true },
  {
    path: "/settings/google",
    label: "Google Gemini",
    icon: IconIdBadge2,
    key: "m",
    administrators: true,
    badge: GoogleBadge,
  },
  { path: "/settings/client-keys", label: "Client keys", icon: IconPlugConnected, key: "c" },
  { path: "/settings/fallback", label: "Fallback", icon: IconRoute, key: "f", administrators: true },
  { path: "/settings/people", label: "People", icon: IconUsers, key: "p", administrators: true },
  { path: "/settings/general", label: "General", icon: IconSettings, key: "s", administrators: true },
];
