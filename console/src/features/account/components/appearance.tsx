import { SegmentedControl, useMantineColorScheme } from "@mantine/core";
import { IconDeviceDesktop, IconMoon, IconSun } from "@tabler/icons-react";
import { Panel } from "@/shared/components/panel";
import classes from "@/features/account/components/appearance.module.css";

const SCHEMES = [
  { value: "light", word: "Light", icon: IconSun },
  { value: "auto", word: "As the system", icon: IconDeviceDesktop },
  { value: "dark", word: "Dark", icon: IconMoon },
] as const;

/** Light or dark, for this browser. */
export function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Panel title="Appearance">
      <SegmentedControl
        aria-label="Appearance"
        value={colorScheme}
        onChange={(value) => setColorScheme(value as typeof colorScheme)}
        data={SCHEMES.map(({ value, word, icon: Icon }) => ({
          value,
          label: (
            <span className={classes["scheme"]}>
              <Icon size={15} aria-hidden />
              {word}
            </span>
          ),
        }))}
      />
    </Panel>
  );
}
