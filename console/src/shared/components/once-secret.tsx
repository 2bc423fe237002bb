import { Button, CopyButton } from "@mantine/core";
import { IconCheck, IconCopy, IconEyeOff } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "@/shared/components/once-secret.module.css";

interface OnceSecretProps {
  /** What it is, such as "Client key". */
  label: string;
  secret: string;
  /** What to do with it, and that it is not shown again. */
  children: ReactNode;
}

/** A secret that is on the screen this one time. */
export function OnceSecret({ label, secret, children }: OnceSecretProps) {
  return (
    <div className={classes["box"]}>
      <div className={classes["row"]}>
        <code className={classes["secret"]} aria-label={label}>
          {secret}
        </code>
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button
              size="xs"
              data-autofocus
              leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
              onClick={copy}
            >
              {copied ? "Copied" : "Copy"}
            </Button>
          )}
        </CopyButton>
      </div>
      <p className={classes["note"]}>
        <IconEyeOff size={15} aria-hidden />
        <span>{children}</span>
      </p>
    </div>
  );
}
