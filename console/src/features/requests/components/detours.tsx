import classes from "@/features/requests/components/detours.module.css";
import type { Schema } from "@/shared/api/schema";
import { Panel } from "@/shared/components/panel";
import { ProviderMark } from "@/shared/components/provider-mark";

/** Who was to answer and did not, and why. */
export function Detours({ detours }: { detours: Schema<"Detour">[] }) {
  return (
    <Panel title="Who did not answer">
      <ul className={classes["list"]}>
        {detours.map(({ provider, model, reason }) => (
          <li key={`${provider}/${model}`}>
            <ProviderMark provider={provider} />
            <span>
              <strong>{model}</strong> <span className={classes["quiet"]}>{reason}</span>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** What of the request whoever answered has no place for. */
export function Losses({ losses, model }: { losses: Schema<"Loss">[]; model: string }) {
  return (
    <Panel title="What was left out">
      <p className={classes["words"]}>{model} was asked in its own dialect, which has no place for this:</p>
      <ul className={classes["list"]}>
        {losses.map(({ path, meaning }) => (
          <li key={`${path} ${meaning}`}>
            <span>
              <code>{path}</code> <span className={classes["quiet"]}>{meaning}</span>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
