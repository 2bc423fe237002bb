const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A latency: "84 ms", "1.28 s", "42.1 s", "3 min 5 s". */
export function duration(millis: number): string {
  if (millis < SECOND) {
    return `${Math.round(millis)} ms`;
  }
  if (millis < MINUTE) {
    const seconds = millis / SECOND;
    return `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
  }
  return `${Math.floor(millis / MINUTE)} min ${Math.floor((millis % MINUTE) / SECOND)} s`;
}

/** What is left until something happens: "0:42", "12:05", "3:12:05", "2 d 4 h". */
export function countdown(millis: number): string {
  const left = Math.max(0, Math.ceil(millis / SECOND));
  const seconds = String(left % 60).padStart(2, "0");
  const minutes = Math.floor(left / 60) % 60;
  const hours = Math.floor(left / 3600);
  if (hours >= 48) {
    return `${Math.floor(hours / 24)} d ${hours % 24} h`;
  }
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${seconds}` : `${minutes}:${seconds}`;
}

/** How long ago, coarsely: "now", "12 s ago", "5 min ago", "3 h ago", "2 d ago". */
export function age(millis: number): string {
  if (millis < 5 * SECOND) {
    return "now";
  }
  if (millis < MINUTE) {
    return `${Math.floor(millis / SECOND)} s ago`;
  }
  if (millis < HOUR) {
    return `${Math.floor(millis / MINUTE)} min ago`;
  }
  return millis < DAY ? `${Math.floor(millis / HOUR)} h ago` : `${Math.floor(millis / DAY)} d ago`;
}

const clockFormat = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const dateTimeFormat = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

/** "14:03:20", in the browser's zone. */
export function timeOfDay(at: string | number): string {
  return clockFormat.format(new Date(at));
}

/** "26 Nov 2026, 14:03", in the browser's zone. */
export function dateTime(at: string | number): string {
  return dateTimeFormat.format(new Date(at));
}
