import { ActionIcon, Tooltip } from "@mantine/core";
import { IconBolt, IconPlayerPause, IconPlayerPlay, IconStethoscope } from "@tabler/icons-react";
import { useKeyAction, useTestKey } from "@/shared/api/key-actions";
import type { KeyHealth } from "@/shared/api/schema";
import { confirm } from "@/shared/components/confirm";
import classes from "@/shared/components/key/key-buttons.module.css";
import { providerName } from "@/shared/components/provider-mark";
import { usePoolStore } from "@/shared/live/live";

/** Test, recover now, and pause or resume. */
export function KeyButtons({
  health,
}: {
  health: Pick<KeyHealth, "id" | "name" | "provider" | "state" | "coolings" | "source">;
}) {
  const pool = usePoolStore();
  const act = useKeyAction();
  const test = useTestKey();
  const { id, name, provider, state, coolings, source } = health;
  const paused = state.state === "paused";
  const cools = ["throttled", "rejected", "trial"].includes(state.state) || coolings.length > 0;
  const fixed = source === "file";

  function pause() {
    const others = pool.keys.filter(
      (key) => key.provider === provider && key.id !== id && key.state.state === "healthy",
    );
    if (others.length > 0) {
      act.mutate({ id, action: "pause" });
      return;
    }
    confirm({
      title: `Pause ${name}?`,
      text: `No other ${providerName(provider)} key is healthy. Until one is, requests for ${providerName(provider)} models wait or are refused.`,
      verb: "Pause it",
      onConfirm: () => act.mutate({ id, action: "pause" }),
    });
  }

  function recover() {
    const saidBy = state.state === "healthy" ? coolings[0]?.saidBy : state.saidBy;
    if (saidBy !== "provider") {
      act.mutate({ id, action: "recover" });
      return;
    }
    confirm({
      title: `Recover ${name} now?`,
      text: "The provider itself named this state. Sent earlier, the next request will probably be refused and cost a second try.",
      verb: "Recover now",
      onConfirm: () => act.mutate({ id, action: "recover" }),
    });
  }

  return (
    <div className={classes["buttons"]}>
      <Tooltip label="Recover now">
        <ActionIcon
          aria-label={`Recover ${name} now`}
          onClick={recover}
          disabled={!cools}
          className={cools ? undefined : classes["absent"]}
        >
          <IconBolt size={16} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Test with a free call">
        <ActionIcon
          aria-label={`Test ${name}`}
          loading={test.isPending}
          onClick={() => test.mutate({ id, name })}
        >
          <IconStethoscope size={16} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={fixed ? "The configuration file decides" : paused ? "Resume" : "Pause"}>
        <ActionIcon
          aria-label={paused ? `Resume ${name}` : `Pause ${name}`}
          aria-disabled={fixed}
          className={fixed ? classes["fixed"] : undefined}
          onClick={fixed ? undefined : paused ? () => act.mutate({ id, action: "resume" }) : pause}
        >
          {paused ? <IconPlayerPlay size={16} stroke={1.7} /> : <IconPlayerPause size={16} stroke={1.7} />}
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
