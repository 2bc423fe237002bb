import { Button, UnstyledButton } from "@mantine/core";
import { IconPlus, IconSparkles } from "@tabler/icons-react";
import type { Target } from "@/features/fallback/api";
import classes from "@/features/fallback/components/suggestions.module.css";
import { targetsOf, type Row } from "@/features/fallback/draft";
import { ProviderMark } from "@/shared/components/provider-mark";

interface SuggestionsProps {
  suggestions: Target[][];
  rows: Row[];
  onAdd: (groups: Target[][]) => void;
}

/** Groups that the catalogue knows to cost about the same, each added with one click. */
export function Suggestions({ suggestions, rows, onAdd }: SuggestionsProps) {
  const taken = new Set(rows.flatMap(targetsOf).map(nameOf));
  const left = suggestions.filter((group) => !group.some((target) => taken.has(nameOf(target))));
  if (left.length === 0) {
    return null;
  }
  return (
    <section className={classes["suggestions"]} aria-label="Suggestions">
      <div className={classes["head"]}>
        <span className={classes["title"]}>
          <IconSparkles size={14} aria-hidden />
          Of about the same price, and served by your keys
        </span>
        {left.length > 1 && (
          <Button variant="subtle" size="compact-xs" onClick={() => onAdd(left)}>
            Add all {left.length}
          </Button>
        )}
      </div>
      <ul className={classes["list"]}>
        {left.map((group) => {
          const words = group.map(({ model }) => model).join(", ");
          return (
            <li key={words}>
              <UnstyledButton
                className={classes["group"]}
                aria-label={`Add ${words}`}
                onClick={() => onAdd([group])}
              >
                <IconPlus size={14} aria-hidden />
                {group.map((target) => (
                  <span key={nameOf(target)} className={classes["target"]}>
                    <ProviderMark provider={target.provider} />
                    {target.model}
                  </span>
                ))}
              </UnstyledButton>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function nameOf({ provider, model }: Target): string {
  return `${provider}/${model}`;
}
