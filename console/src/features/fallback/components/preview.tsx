import { Anchor } from "@mantine/core";
import { IconCircleCheckFilled, IconCircleDashed, IconCircleXFilled } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { previewQuery, type FallbackRoute, type FallbackSettings } from "@/features/fallback/api";
import classes from "@/features/fallback/components/preview.module.css";
import type { Schema } from "@/shared/api/schema";
import { ErrorState, LoadingState } from "@/shared/components/page-states";
import { Panel } from "@/shared/components/panel";
import { ProviderMark } from "@/shared/components/provider-mark";

/** For each model that has stand-ins: who would answer now, and why the others would not. */
export function Preview({ settings }: { settings: FallbackSettings }) {
  const preview = useQuery({ ...previewQuery, enabled: settings.groups.length > 0 });
  return (
    <Panel title="What would answer right now" flush>
      {settings.groups.length === 0 ? (
        <p className={classes["none"]}>
          Save a row above, and every model of it stands here with the one that answers for it now.
        </p>
      ) : preview.isPending ? (
        <div className={classes["pad"]}>
          <LoadingState rows={3} />
        </div>
      ) : preview.isError ? (
        <ErrorState error={preview.error} retry={() => void preview.refetch()} />
      ) : (
        <ul className={classes["routes"]}>
          {preview.data.models.map((route) => (
            <RouteRow key={route.model} route={route} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function RouteRow({ route: { model, targets } }: { route: FallbackRoute }) {
  const answers = targets.findIndex(({ state }) => state === "answers");
  return (
    <li className={classes["route"]}>
      <div className={classes["asked"]}>
        <span className={classes["model"]}>{model}</span>
        <span
          className={classes["sum"]}
          data-state={answers < 0 ? "rejected" : answers > 0 ? "throttled" : "healthy"}
        >
          {answers < 0 ? "nobody answers" : answers === 0 ? "answers itself" : "is stood in for"}
        </span>
        <Anchor
          component={Link}
          to={`/assistant?model=${encodeURIComponent(model)}`}
          size="xs"
          aria-label={`Try ${model} in the assistant`}
        >
          Try it
        </Anchor>
      </div>
      <ol className={classes["targets"]}>
        {targets.map((target) => (
          <TargetRow key={`${target.provider}/${target.model}`} target={target} />
        ))}
      </ol>
    </li>
  );
}

const LOOKS = {
  answers: { icon: IconCircleCheckFilled, state: "healthy", word: "answers" },
  "stands-by": { icon: IconCircleDashed, state: "paused", word: "stands by" },
  cannot: { icon: IconCircleXFilled, state: "throttled", word: "cannot" },
};

function TargetRow({ target: { provider, model, state, reason } }: { target: Schema<"TargetState"> }) {
  const { icon: Icon, state: look, word } = LOOKS[state];
  return (
    <li className={classes["target"]} data-which={state}>
      <span className={classes["mark"]} data-state={look}>
        <Icon size={15} aria-hidden />
        {word}
      </span>
      <span className={classes["name"]}>
        <ProviderMark provider={provider} />
        {model}
      </span>
      <span className={classes["reason"]}>{reason}</span>
    </li>
  );
}
