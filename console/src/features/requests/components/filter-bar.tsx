import { Button, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconFilterOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { clientKeysQuery } from "@/features/requests/api";
import classes from "@/features/requests/components/filter-bar.module.css";
import type { Filters } from "@/features/requests/filters";
import { useMayAdminister } from "@/shared/api/session";
import { providerName } from "@/shared/components/provider-mark";
import { SearchField } from "@/shared/components/search-field";
import { usePoolStore } from "@/shared/live/live";

interface FilterBarProps {
  filters: Filters;
  onChange: (name: keyof Filters, value: string | null) => void;
  onClear: () => void;
}

export function FilterBar({ filters, onChange, onClear }: FilterBarProps) {
  const administers = useMayAdminister();
  const clientKeys = useQuery(clientKeysQuery);
  const pool = usePoolStore();
  return (
    <div className={classes["bar"]}>
      <Typed name="model" value={filters.model} onChange={onChange} />
      <Select
        aria-label="Outcome"
        placeholder="Any outcome"
        clearable
        value={filters.outcome ?? null}
        onChange={(value) => onChange("outcome", value)}
        data={[
          { value: "ok", label: "Served" },
          { value: "retried", label: "Retried" },
          { value: "failed", label: "Not served" },
        ]}
      />
      <Select
        aria-label="Provider"
        placeholder="Any provider"
        clearable
        value={filters.provider ?? null}
        onChange={(value) => onChange("provider", value)}
        data={(["anthropic", "openai", "gemini"] as const).map((value) => ({
          value,
          label: providerName(value),
        }))}
      />
      <Select
        aria-label="Client key"
        placeholder="Any client key"
        clearable
        searchable
        limit={50}
        value={filters.clientKeyId ?? null}
        onChange={(value) => onChange("clientKeyId", value)}
        data={(clientKeys.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      />
      {administers && (
        <Select
          aria-label="API key"
          placeholder="Any API key"
          clearable
          searchable
          limit={50}
          value={filters.keyId ?? null}
          onChange={(value) => onChange("keyId", value)}
          data={pool.keys.map(({ id, name, provider }) => ({
            value: id,
            label: `${name} · ${providerName(provider)}`,
          }))}
        />
      )}
      <Typed name="id" value={filters.id} onChange={onChange} />
      {Object.keys(filters).length > 0 && (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconFilterOff size={15} />}
          className={classes["clear"] ?? ""}
          onClick={onClear}
        >
          Clear
        </Button>
      )}
    </div>
  );
}

interface TypedProps {
  name: "model" | "id";
  value: string | undefined;
  onChange: FilterBarProps["onChange"];
}

/** A filter that is typed; it takes effect when the typing pauses. */
function Typed({ name, value = "", onChange }: TypedProps) {
  const [given, setGiven] = useState(value);
  const [text, setText] = useState(value);
  if (given !== value) {
    // The address changed, for instance because the filters were cleared.
    setGiven(value);
    setText(value);
  }
  const settle = useDebouncedCallback((next: string) => onChange(name, next.trim() || null), 300);
  function type(next: string) {
    setText(next);
    settle(next);
  }
  return name === "model" ? (
    <SearchField label="Model begins with" value={text} onChange={type} />
  ) : (
    <TextInput
      aria-label="Request id"
      placeholder="Request id"
      value={text}
      onChange={(event) => type(event.currentTarget.value)}
    />
  );
}
