import { Button } from "@mantine/core";
import { IconClipboardList, IconKey, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { useSearchParams } from "react-router";
import { keysQuery } from "@/features/keys/api";
import { AddKey } from "@/features/keys/components/add-key";
import { BulkBar } from "@/features/keys/components/bulk-bar";
import { EditKey } from "@/features/keys/components/edit-key";
import { KeysTable } from "@/features/keys/components/keys-table";
import { PasteKeys } from "@/features/keys/components/paste-keys";
import classes from "@/features/keys/page.module.css";
import type { ProviderKey } from "@/shared/api/schema";
import { PageHeader } from "@/shared/components/page-header";
import { EmptyState, ErrorState, LoadingState } from "@/shared/components/page-states";
import { SearchField } from "@/shared/components/search-field";
import { StaleNotice } from "@/shared/components/stale-notice";

/** The keys of the pool: add, edit, pause, remove; one at a time or hundreds. */
export function KeysPage() {
  const [search, setSearch] = useSearchParams();
  const keys = useQuery(keysQuery);
  const editing = search.get("edit");
  const adding = search.has("add");
  const pasting = search.has("paste");
  const edit = useCallback((id: string) => setSearch({ edit: id }), [setSearch]);
  const edited = keys.data?.find((key) => key.id === editing);

  return (
    <>
      <PageHeader
        title="API keys"
        lead="Provider keys of the pool. A change holds from the next request on; secrets are never shown again."
      >
        <Button
          variant="default"
          leftSection={<IconClipboardList size={16} />}
          onClick={() => setSearch({ paste: "" })}
        >
          Paste many
        </Button>
        <Button leftSection={<IconPlus size={16} />} onClick={() => setSearch({ add: "" })}>
          Add key
        </Button>
      </PageHeader>
      <StaleNotice />
      {keys.data === undefined ? (
        keys.isError ? (
          <ErrorState error={keys.error} retry={() => void keys.refetch()} />
        ) : (
          <LoadingState rows={10} height={52} />
        )
      ) : keys.data.length === 0 ? (
        <EmptyState
          icon={IconKey}
          title="No API keys yet"
          action={<Button onClick={() => setSearch({ add: "" })}>Add the first key</Button>}
        >
          Paste a key of Anthropic, OpenAI or Gemini. Forebay recognises the provider, tests the key with a
          free call and puts it into the pool.
        </EmptyState>
      ) : (
        <Keys keys={keys.data} onEdit={edit} />
      )}
      <AddKey opened={adding} onClose={() => setSearch({})} />
      <PasteKeys opened={pasting} onClose={() => setSearch({})} />
      {edited && <EditKey key={edited.id} of={edited} onClose={() => setSearch({})} />}
    </>
  );
}

function Keys({ keys, onEdit }: { keys: ProviderKey[]; onEdit: (id: string) => void }) {
  const [search, setSearch] = useState("");
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const words = search.toLowerCase().split(/\s+/);
  const shown = keys.filter(({ name, suffix, note, limitGroup, provider, source }) => {
    const about = `${name} ${suffix} ${note} ${limitGroup} ${provider} ${source}`.toLowerCase();
    return words.every((word) => about.includes(word));
  });
  const chosen = keys.filter((key) => selected.has(key.id));
  return (
    <>
      <div className={classes["tools"]} data-selecting={chosen.length > 0 || undefined}>
        <div className={classes["search"]}>
          <SearchField label="Search keys" value={search} onChange={setSearch} />
        </div>
        {chosen.length > 0 ? (
          <BulkBar chosen={chosen} onDone={() => setSelected(new Set())} />
        ) : (
          <span className={classes["count"]}>
            {shown.length === keys.length ? `${keys.length} keys` : `${shown.length} of ${keys.length} keys`}
          </span>
        )}
      </div>
      <KeysTable keys={shown} selected={selected} onSelect={setSelected} onEdit={onEdit} />
    </>
  );
}
