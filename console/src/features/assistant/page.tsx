import { Button, Text } from "@mantine/core";
import { IconKey, IconMessageCircle, IconMessagePlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { Composer } from "@/features/assistant/components/composer";
import { MessageList } from "@/features/assistant/components/message-list";
import { ModelPicker } from "@/features/assistant/components/model-picker";
import type { Target } from "@/features/assistant/conversation";
import classes from "@/features/assistant/page.module.css";
import { useConversation } from "@/features/assistant/use-conversation";
import { modelsQuery } from "@/shared/api/models";
import type { Model } from "@/shared/api/schema";
import { useMayAdminister } from "@/shared/api/session";
import { PageHeader } from "@/shared/components/page-header";
import { EmptyState, ErrorState, LoadingState } from "@/shared/components/page-states";

const CHOSEN = "forebay-assistant-model";

/** A chat over the pool, which tells who answered. */
export function AssistantPage() {
  const catalog = useQuery(modelsQuery);
  const administers = useMayAdminister();
  if (catalog.isPending || catalog.isError) {
    return (
      <>
        <PageHeader title="Assistant" />
        {catalog.isPending ? (
          <LoadingState rows={3} height={64} />
        ) : (
          <ErrorState error={catalog.error} retry={() => void catalog.refetch()} />
        )}
      </>
    );
  }
  const served = catalog.data.models.filter((model) => model.served);
  if (served.length === 0) {
    return (
      <>
        <PageHeader title="Assistant" />
        <EmptyState
          icon={IconKey}
          title="No model is served yet"
          action={
            administers && (
              <Button component={Link} to="/settings/keys" leftSection={<IconKey size={16} />}>
                Add an API key
              </Button>
            )
          }
        >
          {administers
            ? "Add a provider’s API key, and its models can be talked to here."
            : "Whoever runs this pool has to add a provider’s API key first."}
        </EmptyState>
      </>
    );
  }
  return <Chat served={served} />;
}

/** A model in the middle of what they cost, for those who have not chosen one. */
function ordinary(served: Model[]): Model | undefined {
  const priced = served.filter((one) => one.price !== undefined);
  const sorted = (priced.length > 0 ? priced : served).toSorted(
    (a, b) => (a.price?.output ?? 0) - (b.price?.output ?? 0),
  );
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

function Chat({ served }: { served: Model[] }) {
  const { messages, busy, send, again, stop, clear } = useConversation();
  const [params] = useSearchParams();
  const [chosen, setChosen] = useState(() => params.get("model") ?? localStorage.getItem(CHOSEN));
  const model =
    served.find((one) => `${one.provider}/${one.model}` === chosen || one.model === chosen) ??
    ordinary(served);
  const target: Target | undefined = model && { provider: model.provider, model: model.model };

  function choose({ provider, model: name }: Target) {
    localStorage.setItem(CHOSEN, `${provider}/${name}`);
    setChosen(`${provider}/${name}`);
  }

  return (
    <div className={classes["chat"]}>
      <PageHeader title="Assistant" lead="Talk to any model of the pool, and see who answered.">
        {messages.length > 0 && (
          <Button variant="default" leftSection={<IconMessagePlus size={16} />} onClick={clear}>
            New conversation
          </Button>
        )}
      </PageHeader>
      <div className={classes["conversation"]}>
        {messages.length === 0 ? (
          <EmptyState icon={IconMessageCircle} title="Ask something">
            Choose a model below and write. The answer comes through the same pool your programs use, and
            tells which provider gave it and after how many tries.
          </EmptyState>
        ) : (
          <MessageList messages={messages} onAgain={() => target && again(target)} />
        )}
      </div>
      <div className={classes["composer"]}>
        <Composer
          busy={busy}
          ready={target !== undefined}
          onSend={(text, pictures) => target && send(target, text, pictures)}
          onStop={stop}
        >
          <ModelPicker models={served} target={target} onChange={choose} />
        </Composer>
        <Text size="xs" c="dimmed" ta="center" mt={6}>
          Kept in this tab until you close it. Enter sends, Shift and Enter begins a line.
        </Text>
      </div>
    </div>
  );
}
