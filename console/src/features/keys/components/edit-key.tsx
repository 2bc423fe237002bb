import { Alert, Button, Drawer, PasswordInput, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconLock } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { keysQuery } from "@/features/keys/api";
import { KeyFormFields } from "@/features/keys/components/key-form-fields";
import classes from "@/features/keys/components/edit-key.module.css";
import { edits, fieldsOf } from "@/features/keys/fields";
import { ApiProblem } from "@/shared/api/client";
import { useEditKey } from "@/shared/api/key-actions";
import type { ProviderKey } from "@/shared/api/schema";
import { KeyMark } from "@/shared/components/key-mark";
import { KeyStateView } from "@/shared/components/key/key-state";
import { FormActions } from "@/shared/components/form-actions";
import { notifyDone, notifyFailed } from "@/shared/components/notify";
import { ProviderMark } from "@/shared/components/provider-mark";
import { dateTime } from "@/shared/format/time";
import { useKeyHealth } from "@/shared/live/live";

/** Everything about one key that can be changed; its secret can be replaced, not seen. */
export function EditKey({ of: key, onClose }: { of: ProviderKey; onClose: () => void }) {
  const before = fieldsOf(key);
  const form = useForm({ initialValues: { ...before, secret: "" } });
  const edit = useEditKey();
  const health = useKeyHealth(key.id);
  const { data: keys = [] } = useQuery(keysQuery);
  const fixed = key.source === "file";
  const account = key.kind !== "api-key";

  function save() {
    const { secret, ...fields } = form.values;
    const changes = { ...edits(before, fields), ...(secret !== "" && { secret }) };
    if (Object.keys(changes).length === 0) {
      onClose();
      return;
    }
    edit.mutate(
      { id: key.id, edit: changes },
      {
        onSuccess: ({ name }) => {
          notifyDone(`${name} is changed`);
          onClose();
        },
        onError: (error) => {
          if (error instanceof ApiProblem && Object.keys(error.fieldErrors).length > 0) {
            form.setErrors(error.fieldErrors);
          } else {
            notifyFailed("Could not change the key", error);
          }
        },
      },
    );
  }

  return (
    <Drawer opened onClose={onClose} title={key.name} size="md">
      <form onSubmit={form.onSubmit(save)} autoComplete="off">
        <Stack gap="md">
          <div className={classes["about"]}>
            <ProviderMark provider={key.provider} named />
            <KeyMark of={key} />
            {key.createdAt !== undefined && <span>added {dateTime(key.createdAt)}</span>}
          </div>
          {health && <KeyStateView health={health} />}
          {fixed && (
            <Alert p="sm" variant="light" icon={<IconLock size={16} />} title="Read-only here">
              The configuration file declares this key. Change it there; Forebay reads the file again by
              itself.
            </Alert>
          )}
          {!fixed && !account && (
            <PasswordInput
              label="Replace the secret"
              description={
                key.secretReadable
                  ? "Leave it empty to keep the one it has"
                  : "The stored secret cannot be read with the present keyset; enter it again"
              }
              autoComplete="off"
              spellCheck={false}
              {...form.getInputProps("secret")}
            />
          )}
          <KeyFormFields
            form={form}
            models={[]}
            groups={[...new Set(keys.filter((each) => each.declaredGroup).map((each) => each.limitGroup))]}
            disabled={fixed}
          />
          <FormActions>
            <Button variant="default" onClick={onClose}>
              {fixed ? "Close" : "Cancel"}
            </Button>
            {!fixed && (
              <Button type="submit" loading={edit.isPending} disabled={!form.isDirty()}>
                Save
              </Button>
            )}
          </FormActions>
        </Stack>
      </form>
    </Drawer>
  );
}
