import type { Schema } from "@/shared/api/schema";

type Settings = Schema<"Settings">;
type Edit = Schema<"SettingsEdit">;

/** The settings as the form has them: waiting in seconds, and nothing for "the default". */
export interface GeneralFields {
  timeZone: string | null;
  waitSeconds: number | "";
  maxWaiting: number | "";
  maxAttempts: number | "";
  promptCacheKey: Settings["promptCacheKey"];
  retention: number | "";
  keepBodies: boolean;
  bodyRetention: number | "";
  sessionLifetime: number | "";
}

export function fieldsOf(settings: Settings): GeneralFields {
  const { timeZone, maxWait, maxWaiting, maxAttempts, promptCacheKey } = settings;
  const { retention, keepBodies, bodyRetention, sessionLifetime } = settings;
  return {
    timeZone,
    waitSeconds: maxWait / 1000,
    maxWaiting,
    maxAttempts,
    promptCacheKey,
    retention,
    keepBodies,
    bodyRetention,
    sessionLifetime,
  };
}

/** What differs between the form and what is set; an emptied field goes back to its default. */
export function editOf(settings: Settings, fields: GeneralFields): Edit {
  const wanted: Edit = {
    timeZone: fields.timeZone,
    maxWait: fields.waitSeconds === "" ? null : Math.round(fields.waitSeconds * 1000),
    maxWaiting: fields.maxWaiting === "" ? null : fields.maxWaiting,
    maxAttempts: fields.maxAttempts === "" ? null : fields.maxAttempts,
    promptCacheKey: fields.promptCacheKey,
    retention: fields.retention === "" ? null : fields.retention,
    keepBodies: fields.keepBodies,
    bodyRetention: fields.bodyRetention === "" ? null : fields.bodyRetention,
    sessionLifetime: fields.sessionLifetime === "" ? null : fields.sessionLifetime,
  };
  return Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => settings[name as keyof Settings] !== value),
  );
}
