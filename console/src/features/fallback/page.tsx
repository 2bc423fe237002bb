import { Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { fallbackQuery } from "@/features/fallback/api";
import { Preview } from "@/features/fallback/components/preview";
import { Editor } from "@/features/fallback/components/editor";
import { PageHeader } from "@/shared/components/page-header";
import { ErrorState, LoadingState } from "@/shared/components/page-states";

export function FallbackPage() {
  const fallback = useQuery(fallbackQuery);
  return (
    <>
      <PageHeader
        title="Fallback"
        lead="When no key of a provider can serve, a model of another one answers, translated to what the client speaks."
      />
      {fallback.isPending ? (
        <LoadingState rows={5} height={72} />
      ) : fallback.isError ? (
        <ErrorState error={fallback.error} retry={() => void fallback.refetch()} />
      ) : (
        <Stack gap="md" maw={1080}>
          <Editor fallback={fallback.data} />
          <Preview settings={fallback.data.settings} />
        </Stack>
      )}
    </>
  );
}
