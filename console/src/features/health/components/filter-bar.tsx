import { SegmentedControl, UnstyledButton } from "@mantine/core";
import classes from "@/features/health/components/filter-bar.module.css";
import { STATE_FILTERS, type Filter } from "@/features/health/rows";
import { ProviderMark } from "@/shared/components/provider-mark";
import { SearchField } from "@/shared/components/search-field";
import { StateIcon, stateWord } from "@/shared/components/state-pill";
import { usePoolCounts } from "@/shared/live/live";

interface FilterBarProps {
  filter: Filter;
  onChange: (filter: Filter) => void;
}

/** How many keys are in each state; a press shows only those. Beside it search and provider. */
export function FilterBar({ filter, onChange }: FilterBarProps) {
  const counts = usePoolCounts();
  return (
    <div className={classes["bar"]}>
      <div className={classes["states"]} role="group" aria-label="Show only keys that are">
        {STATE_FILTERS.map(({ states, shows, count }) => {
          const on = filter.states[0] === states[0];
          const number = counts?.[count] ?? 0;
          return (
            <UnstyledButton
              key={shows}
              className={classes["state"]}
              data-state={shows}
              data-none={number === 0 || undefined}
              aria-pressed={on}
              onClick={() => onChange({ ...filter, states: on ? [] : states })}
            >
              <StateIcon state={shows} size={15} />
              <span className={classes["count"]}>{number}</span>
              <span className={classes["word"]}>{stateWord(shows).toLowerCase()}</span>
            </UnstyledButton>
          );
        })}
      </div>
      <div className={classes["tools"]}>
        <SegmentedControl
          size="xs"
          withItemsBorders={false}
          aria-label="Provider"
          value={filter.provider}
          onChange={(provider) => onChange({ ...filter, provider: provider as Filter["provider"] })}
          data={[
            { value: "all", label: <span>All</span> },
            { value: "anthropic", label: <ProviderMark provider="anthropic" /> },
            { value: "openai", label: <ProviderMark provider="openai" /> },
            { value: "gemini", label: <ProviderMark provider="gemini" /> },
          ]}
          classNames={{ innerLabel: classes["provider"] ?? "" }}
        />
        <div className={classes["search"]}>
          <SearchField
            label="Search keys"
            value={filter.search}
            onChange={(search) => onChange({ ...filter, search })}
          />
        </div>
      </div>
    </div>
  );
}
