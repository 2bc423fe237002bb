import { CloseButton, Kbd, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useRef } from "react";
import { useShortcuts } from "@/shared/components/shortcut";

interface SearchFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** The page's search; the key `/` goes to it, Escape clears it. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  useShortcuts({ "/": () => input.current?.focus() });
  return (
    <TextInput
      ref={input}
      aria-label={label}
      placeholder={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape") {
          onChange("");
          event.currentTarget.blur();
        }
      }}
      leftSection={<IconSearch size={15} aria-hidden />}
      rightSection={
        value === "" ? (
          <Kbd size="xs" visibleFrom="sm" aria-hidden>
            /
          </Kbd>
        ) : (
          <CloseButton size="sm" aria-label="Clear the search" onClick={() => onChange("")} />
        )
      }
    />
  );
}
