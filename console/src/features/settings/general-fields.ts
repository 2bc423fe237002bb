import type { Schema } from "@/shared/api/schema";

type Settings = Schema<"Settings">;
type Edit = Schema<"SettingsEdit">;

/** The settings as the form has them: waiting in seconds, and nothing for "the default". */
export interface GeneralFields {
  timeZone: string | null;
  waitSeconds: number | "";
  maxAttempts: number | "";
  retention: number | "";
  keepBodies: boolean;
  bodyRetention: number | "";
  sessionLifetime: number | "";
}

export function fieldsOf(settings: Settings): GeneralFields {
  const { timeZone, maxWait, maxAttempts, retention, keepBodies, bodyRetention, sessionLifetime } = settings;
  return {
    timeZone,
    waitSeconds: maxWait / 1000,
    maxAttempts,
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
    maxAttempts: fields.maxAttempts === "" ? null : fields.maxAttempts,
    retention: fields.retention === "" ? null : fields.retention,
    keepBodies: fields.keepBodies,
    bodyRetention: fields.bodyRetention === "" ? null : fields.bodyRetention,
    sessionLifetime: fields.sessionLifetime === "" ? null : fields.sessionLifetime,
  };
  return Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => settings[name as keyof Settings] !== value),
  );
}
