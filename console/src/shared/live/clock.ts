import { useSyncExternalStore } from "react";

/**
 * The server's time, once a second, for countdowns and ages.
 *
 * The feed says what time it is over there, so that a wrong clock here shows no wrong countdown.
 */
class Clock {
  #offset = 0;
  #second = Math.floor(Date.now() / 1000);
  #timer: ReturnType<typeof setInterval> | undefined;
  readonly #listeners = new Set<() => void>();

  /** What the server's clock said just now. */
  hear(at: string): void {
    const heard = Date.parse(at) - Date.now();
    // Below a second it is the network that speaks, not the clock.
    this.#offset = Math.abs(heard) < 1_000 ? 0 : heard;
  }

  now(): number {
    return Date.now() + this.#offset;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#timer ??= setInterval(this.#tick, 250);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) {
        clearInterval(this.#timer);
        this.#timer = undefined;
      }
    };
  };

  second = (): number => this.#second;

  #tick = (): void => {
    const second = Math.floor(this.now() / 1000);
    if (second !== this.#second) {
      this.#second = second;
      for (const listener of this.#listeners) {
        listener();
      }
    }
  };
}

export const clock = new Clock();

/** Milliseconds since 1970, by whole minutes; the component renders again each minute. */
export function useMinute(): number {
  return useSyncExternalStore(clock.subscribe, () => Math.floor(clock.second() / 60)) * 60_000;
}

/** Milliseconds since 1970, by whole seconds; the component renders again each second. */
export function useNow(): number {
  return useSyncExternalStore(clock.subscribe, clock.second) * 1000;
}
