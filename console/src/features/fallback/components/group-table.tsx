import { ActionIcon, Autocomplete, Button } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import classes from "@/features/fallback/components/group-table.module.css";
import { PROVIDERS, rowOf, type Row } from "@/features/fallback/draft";
import { modelsQuery } from "@/shared/api/models";
import type { Provider } from "@/shared/api/schema";
import table from "@/shared/components/data-table.module.css";
import { ProviderMark, providerName } from "@/shared/components/provider-mark";

interface GroupTableProps {
  rows: Row[];
  problems: Map<number, string>;
  disabled: boolean;
  onChange: (rows: Row[]) => void;
}

/** Which models stand in for one another: a row each, with a column for every provider. */
export function GroupTable({ rows, problems, disabled, onChange }: GroupTableProps) {
  const catalog = useQuery(modelsQuery);
  const models = catalog.data?.models ?? [];

  function namesOf(provider: Provider): string[] {
    const own = models.filter((model) => model.provider === provider && !model.model.endsWith("*"));
    const served = own.filter((model) => model.served);
    return [...new Set((served.length > 0 ? served : own).map(({ model }) => model))];
  }

  function edit(row: Row, provider: Provider, model: string) {
    onChange(
      rows.map((other) =>
        other.id === row.id ? { ...other, models: { ...other.models, [provider]: model } } : other,
      ),
    );
  }

  return (
    <>
      {rows.length === 0 ? (
        <p className={classes["none"]}>
          <strong>Nothing stands in for anything yet.</strong> A row names models that may answer for one
          another, one of each provider. It is your choice what is good enough and what it may cost.
        </p>
      ) : (
        <table className={`${table["table"] ?? ""} ${classes["table"] ?? ""}`}>
          <thead>
            <tr>
              {PROVIDERS.map((provider) => (
                <th key={provider}>
                  <ProviderMark provider={provider} named />
                </th>
              ))}
              <th aria-label="Actions" />
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={row.id}>
                {PROVIDERS.map((provider) => (
                  <td key={provider} data-label={providerName(provider)}>
                    <Autocomplete
                      aria-label={`${providerName(provider)} model in row ${index + 1}`}
                      placeholder="None"
                      size="xs"
                      limit={30}
                      disabled={disabled}
                      data={namesOf(provider)}
                      value={row.models[provider] ?? ""}
                      onChange={(model) => edit(row, provider, model)}
                    />
                  </td>
                ))}
                <td className={table["actions"]}>
                  <ActionIcon
                    variant="subtle"
                    aria-label={`Remove row ${index + 1}`}
                    disabled={disabled}
                    onClick={() => onChange(rows.filter((other) => other.id !== row.id))}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rows.map(
        (row, index) =>
          problems.has(row.id) && (
            <p key={row.id} className={classes["problem"]} role="alert">
              Row {index + 1}: {problems.get(row.id)}
            </p>
          ),
      )}
      {!disabled && (
        <div className={classes["foot"]}>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={14} />}
            onClick={() => onChange([...rows, rowOf()])}
          >
            Add a row
          </Button>
        </div>
      )}
    </>
  );
}
