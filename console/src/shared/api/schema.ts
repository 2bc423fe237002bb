import type { components } from "@/shared/api/types.gen";

/** A schema of the API by its name in openapi.yaml. */
export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];

export type Session = Schema<"Session">;
export type Person = Schema<"Person">;
export type Role = Schema<"Role">;
export type Problem = Schema<"Problem">;
export type Provider = Schema<"Provider">;
export type State = Schema<"State">;
export type KeyState = Schema<"KeyState">;
export type KeyHealth = Schema<"KeyHealth">;
export type ProviderKey = Schema<"ProviderKey">;
export type PoolHealth = Schema<"PoolHealth">;
export type KeyFigures = Schema<"KeyFigures">;
export type KeysChanged = Schema<"KeysChanged">;
export type TrafficPoint = Schema<"TrafficPoint">;
export type StateChange = Schema<"StateChange">;
export type RequestSummary = Schema<"RequestSummary">;
export type ConfigChanged = Schema<"ConfigChanged">;
export type Beat = Schema<"Beat">;
export type ClientKey = Schema<"ClientKey">;
export type Model = Schema<"Model">;
