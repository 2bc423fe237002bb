import { ActionIcon, Button, Menu, Modal, Stack, Switch } from "@mantine/core";
import { IconCoin, IconDots, IconPencil, IconPlus, IconRestore } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useResetPrice } from "@/features/settings/api";
import { PriceForm } from "@/features/settings/components/price-form";
import classes from "@/features/settings/components/prices.module.css";
import { modelsQuery } from "@/shared/api/models";
import type { Model } from "@/shared/api/schema";
import table from "@/shared/components/data-table.module.css";
import { notifyDone, notifyFailed } from "@/shared/components/notify";
import { EmptyState, ErrorState, LoadingState } from "@/shared/components/page-states";
import { Panel } from "@/shared/components/panel";
import { ProviderMark } from "@/shared/components/provider-mark";
import { SearchField } from "@/shared/components/search-field";
import { compact } from "@/shared/format/number";

/** Models and what they cost. */
export function Prices() {
  const catalog = useQuery(modelsQuery);
  const reset = useResetPrice();
  const [editing, setEditing] = useState<{ model?: Model }>();
  const [search, setSearch] = useState("");
  const [servedOnly, setServedOnly] = useState(true);

  if (catalog.isPending) {
    return <LoadingState />;
  }
  if (catalog.isError) {
    return <ErrorState error={catalog.error} retry={() => void catalog.refetch()} />;
  }
  const { models, version } = catalog.data;
  const anyServed = models.some((model) => model.served);
  const words = search.trim().toLowerCase();
  const shown = models
    .filter((model) => !servedOnly || !anyServed || model.served || model.priceSource === "console")
    .filter((model) => model.model.toLowerCase().includes(words));
  const capped = models.some((model) => model.outputCap !== undefined);
  const unpriced = models.filter((model) => model.served && model.price === undefined).length;

  return (
    <Stack gap="md">
      <div className={classes["bar"]}>
        <div className={classes["search"]}>
          <SearchField label="Search models" value={search} onChange={setSearch} />
        </div>
        <Switch
          label="Only models that a key serves"
          checked={servedOnly}
          onChange={(event) => setServedOnly(event.currentTarget.checked)}
        />
        <Button
          className={classes["new"] ?? ""}
          variant="default"
          leftSection={<IconPlus size={15} />}
          onClick={() => setEditing({})}
        >
          Price another model
        </Button>
      </div>
      {unpriced > 0 && (
        <p className={classes["note"]}>
          {unpriced === 1 ? "One served model has" : `${unpriced} served models have`} no price. Tokens are
          counted all the same, but cost and budgets in dollars know nothing of it.
        </p>
      )}
      {models.length === 0 ? (
        <EmptyState icon={IconCoin} title="No models yet">
          Once a provider key is in the pool, the models it serves stand here with their prices.
        </EmptyState>
      ) : (
        <Panel
          title="US dollars for a million tokens"
          aside={<span className={table["under"]}>Catalogue {version}</span>}
          flush
        >
          <table className={`${table["table"]} ${table["dense"]}`}>
            <thead>
              <tr>
                <th>Model</th>
                <th className={table["number"]}>Input</th>
                <th className={table["number"]}>Cache read</th>
                <th className={table["number"]}>Cache write, 5 min / 1 h</th>
                <th className={table["number"]}>Output</th>
                <th className={table["number"]}>Context</th>
                {capped && <th className={table["number"]}>Longest answer</th>}
                <th>Price from</th>
                <th aria-label="Actions" />
              </tr>
            </thead>
            <tbody>
              {shown.map((model) => (
                <Row
                  key={`${model.provider} ${model.model}`}
                  model={model}
                  capped={capped}
                  onEdit={() => setEditing({ model })}
                  onReset={() =>
                    reset.mutate(
                      { provider: model.provider, model: model.model },
                      {
                        onSuccess: () => notifyDone(`${model.model} has the catalogue’s price again`),
                        onError: (error) => notifyFailed("Price not reset", error),
                      },
                    )
                  }
                />
              ))}
            </tbody>
          </table>
          {shown.length === 0 && <p className={classes["none"]}>No model is called that.</p>}
        </Panel>
      )}
      <Modal
        opened={editing !== undefined}
        onClose={() => setEditing(undefined)}
        title={editing?.model ? `Price of ${editing.model.model}` : "Price another model"}
      >
        {editing && (
          <PriceForm {...(editing.model && { model: editing.model })} onClose={() => setEditing(undefined)} />
        )}
      </Modal>
    </Stack>
  );
}

const SOURCES = { catalogue: "catalogue", file: "file", console: "set here" };

interface RowProps {
  model: Model;
  /** Whether the longest answer of any model is known. */
  capped: boolean;
  onEdit: () => void;
  onReset: () => void;
}

function Row({ model, capped, onEdit, onReset }: RowProps) {
  const { price, longContextPrice, longContextAbove } = model;
  const writes = new Set([price?.cacheWrite5m, price?.cacheWrite1h].filter((value) => value !== undefined));
  return (
    <tr>
      <td>
        <span className={classes["model"]}>
          <ProviderMark provider={model.provider} />
          <span>
            <span className={table["name"]}>{model.model}</span>
            {!model.served && <span className={table["under"]}>no key serves it</span>}
            {longContextPrice !== undefined && longContextAbove !== undefined && (
              <span className={table["under"]}>
                above {compact(longContextAbove)} input: {dollars(longContextPrice.input)} in,{" "}
                {dollars(longContextPrice.output)} out
              </span>
            )}
          </span>
        </span>
      </td>
      <Figure label="Input" value={price?.input} />
      <Figure label="Cache read" value={price?.cacheRead} />
      <td data-label="Cache write" className={table["number"]}>
        {writes.size === 0 ? <span className={table["quiet"]}>–</span> : [...writes].map(dollars).join(" / ")}
      </td>
      <Figure label="Output" value={price?.output} />
      <td data-label="Context" className={table["number"]}>
        <Size tokens={model.context} />
      </td>
      {capped && (
        <td data-label="Longest answer" className={table["number"]}>
          <Size tokens={model.outputCap} />
        </td>
      )}
      <td data-label="Price from">
        {model.priceSource === undefined ? (
          <span className={table["quiet"]}>no price</span>
        ) : (
          SOURCES[model.priceSource]
        )}
      </td>
      <td className={table["actions"]}>
        <Menu position="bottom-end" width={220}>
          <Menu.Target>
            <ActionIcon aria-label={`Actions for ${model.model}`}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={15} />} onClick={onEdit}>
              {price === undefined ? "Set a price" : "Override the price"}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconRestore size={15} />}
              disabled={model.priceSource !== "console"}
              onClick={onReset}
            >
              Back to the catalogue’s
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </td>
    </tr>
  );
}

function Figure({ label, value }: { label: string; value: number | undefined }) {
  return (
    <td data-label={label} className={table["number"]}>
      {value === undefined ? <span className={table["quiet"]}>–</span> : dollars(value)}
    </td>
  );
}

function Size({ tokens }: { tokens: number | undefined }) {
  return tokens === undefined ? <span className={table["quiet"]}>unknown</span> : compact(tokens);
}

const format = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 4 });

function dollars(value: number): string {
  return format.format(value);
}
