import { Stack } from "@mantine/core";
import { CodeBlock } from "@/shared/components/code-block";

interface BodiesProps {
  bodies: { request: string; response: string; truncated: boolean };
}

/** What was asked and answered, while it is kept. */
export function Bodies({ bodies }: BodiesProps) {
  const cut = bodies.truncated ? ", cut off" : "";
  return (
    <Stack gap="sm">
      <CodeBlock label={`Request body${cut}`} code={laidOut(bodies.request)} wrap maxHeight={320} />
      <CodeBlock label={`Answer’s body${cut}`} code={laidOut(bodies.response)} wrap maxHeight={320} />
    </Stack>
  );
}

/** JSON with line breaks; anything else, such as a stream's events, as it is. */
function laidOut(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    return body;
  }
}
