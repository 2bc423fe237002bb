import { SegmentedControl, Stack, Tabs, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import classes from "@/features/clients/components/connect.module.css";
import { PLACEHOLDER, WAYS } from "@/features/clients/snippets";
import { exampleModels, modelsQuery } from "@/shared/api/models";
import type { Provider } from "@/shared/api/schema";
import { CodeBlock } from "@/shared/components/code-block";
import { providerName } from "@/shared/components/provider-mark";

const PROVIDERS: Provider[] = ["anthropic", "openai", "gemini"];

/** How to point a program at Forebay, ready to copy; with `secret` the key is filled in. */
export function Connect({ secret }: { secret?: string }) {
  const models = useQuery(modelsQuery);
  const [chosen, setChosen] = useState<Provider>();
  const served = PROVIDERS.find((one) =>
    models.data?.models.some((model) => model.served && model.provider === one),
  );
  const provider = chosen ?? served ?? "anthropic";
  const connection = {
    address: window.location.origin,
    key: secret ?? PLACEHOLDER,
    models: exampleModels(models.data?.models),
  };
  return (
    <Tabs
      defaultValue="curl"
      keepMounted={false}
      classNames={{ list: classes["list"] ?? "", tab: classes["tab"] ?? "" }}
    >
      <Tabs.List aria-label="Ways to connect">
        {WAYS.map(({ id, title }) => (
          <Tabs.Tab key={id} value={id}>
            {title}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {WAYS.map(({ id, byProvider, alone }) => (
        <Tabs.Panel key={id} value={id} pt="sm">
          <Stack gap="sm">
            {byProvider && (
              <SegmentedControl
                className={classes["providers"]}
                size="xs"
                aria-label="Provider"
                value={provider}
                onChange={(value) => setChosen(value as Provider)}
                data={PROVIDERS.map((value) => ({ value, label: providerName(value) }))}
              />
            )}
            {(alone?.(connection) ?? byProvider?.(connection, provider) ?? []).map(({ label, code }) => (
              <CodeBlock key={label} label={label} code={code} />
            ))}
          </Stack>
        </Tabs.Panel>
      ))}
      {secret === undefined && (
        <Text size="xs" c="dimmed" mt="sm">
          Put one of your client keys in <code>{PLACEHOLDER.slice(1)}</code> first:{" "}
          <code>export {PLACEHOLDER.slice(1)}=…</code>. A new key is filled in for you while it is on the
          screen.
        </Text>
      )}
    </Tabs>
  );
}
