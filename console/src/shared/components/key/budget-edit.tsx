import { Button, Group, Popover, Stack, UnstyledButton } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconPencil } from "@tabler/icons-react";
import { useState } from "react";
import { ApiProblem } from "@/shared/api/client";
import { useEditKey } from "@/shared/api/key-actions";
import type { KeyHealth } from "@/shared/api/schema";
import { BudgetBar } from "@/shared/components/key/budget-bar";
import classes from "@/shared/components/key/budget-edit.module.css";
import { DailyDollarsInput, DailyTokensInput } from "@/shared/components/key/budget-inputs";
import { notifyFailed } from "@/shared/components/notify";

type Health = Pick<KeyHealth, "id" | "name" | "source" | "budget">;

/** A key's budgets of the day, changed where they stand; those of the configuration file are only shown. */
export function BudgetEdit({ health }: { health: Health }) {
  const [editing, setEditing] = useState(false);
  if (health.source === "file") {
    return <BudgetBar budget={health.budget} />;
  }
  return (
    <BudgetBar budget={health.budget}>
      <Popover
        opened={editing}
        onChange={setEditing}
        position="bottom"
        width={236}
        shadow="md"
        trapFocus
        returnFocus
        withArrow
      >
        <Popover.Target>
          <UnstyledButton
            className={classes["open"]}
            aria-label={`Budgets of ${health.name}`}
            onClick={() => setEditing(!editing)}
          >
            <IconPencil size={13} aria-hidden />
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown>
          <Form health={health} onClose={() => setEditing(false)} />
        </Popover.Dropdown>
      </Popover>
    </BudgetBar>
  );
}

function Form({ health: { id, name, budget }, onClose }: { health: Health; onClose: () => void }) {
  const edit = useEditKey();
  const form = useForm<{ dailyTokens: number | string; dailyUsd: number | string }>({
    initialValues: { dailyTokens: budget.dailyTokens ?? "", dailyUsd: budget.dailyUsd ?? "" },
  });

  function save({ dailyTokens, dailyUsd }: typeof form.values) {
    const orNull = (value: number | string) => (value === "" ? null : Number(value));
    edit.mutate(
      { id, edit: { dailyTokens: orNull(dailyTokens), dailyUsd: orNull(dailyUsd) } },
      {
        onSuccess: onClose,
        onError: (error) => {
          if (error instanceof ApiProblem && Object.keys(error.fieldErrors).length > 0) {
            form.setErrors(error.fieldErrors);
          } else {
            notifyFailed(`Could not change the budgets of ${name}`, error);
          }
        },
      },
    );
  }

  return (
    <form onSubmit={form.onSubmit(save)} aria-label={`Budgets of ${name}`}>
      <Stack gap="xs">
        <DailyTokensInput size="xs" data-autofocus {...form.getInputProps("dailyTokens")} />
        <DailyDollarsInput size="xs" {...form.getInputProps("dailyUsd")} />
        <Group justify="flex-end" gap="xs" mt={2}>
          <Button size="compact-xs" variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button size="compact-xs" type="submit" loading={edit.isPending} disabled={!form.isDirty()}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
