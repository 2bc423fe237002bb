import type { KeyHealth, Provider, TrafficPoint } from "@/shared/api/schema";
import { providerName } from "@/shared/components/provider-mark";

/** One band of the chart: a key, or all other keys of a provider together. */
export interface Band {
  id: string;
  name: string;
  /** Which shade it has, as long as it stays in the chart; below zero for other keys together. */
  shade: number;
  /** Tokens per minute at each point, the oldest first. */
  values: number[];
}

/** Before a provider's id: those of its keys that the API does not name, because they are too many and too small. */
const SUMMED_UP = "*";
/** A key that carries less has no band of its own. */
const LEAST_SHARE = 0.02;
const PROVIDERS = ["anthropic", "openai", "gemini"] as const;
/** Seconds that are averaged: long enough that single answers are not spikes, short enough to see a shift. */
const SMOOTHING = 8;
/** How much more traffic a key needs to take another's place, so that the bands do not swap back and forth. */
const CLEARLY_MORE = 1.3;
/** What part of the traffic keys with bands of their own have to carry together. */
const APART = 0.25;

/** What the chart shows at one moment. */
export interface Picture {
  bands: readonly Band[];
  /** When each point was taken. */
  times: readonly string[];
  /** Tokens per minute at the top of the scale. */
  ceiling: number;
}

/** The traffic of the last minutes, and which keys have a band of their own. */
export class TrafficRing {
  readonly #capacity: number;
  readonly #bands: number;
  readonly #keys: () => readonly KeyHealth[];
  readonly #listeners = new Set<() => void>();
  #points: TrafficPoint[] = [];
  #picture: Picture = { bands: [], times: [], ceiling: 1_000 };
  /** Keys that are large enough for a band, and their shades. */
  #shades = new Map<string, number>();
  /** Whether they have one: a few of hundreds would only stand between large bands of grey. */
  #apart = false;

  /** Shows `capacity` points, and at most so many `bands` of keys, which stand in the order of `keys`. */
  constructor(capacity: number, bands: number, keys: () => readonly KeyHealth[]) {
    this.#capacity = capacity;
    this.#bands = bands;
    this.#keys = keys;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  picture = (): Picture => this.#picture;

  /** Takes over what the API remembers, `step` milliseconds apart; what the feed told meanwhile stays. */
  fill(given: readonly TrafficPoint[], step: number): void {
    const points = bySecond(given, step);
    const last = points.at(-1)?.at ?? "";
    this.#points = [...points, ...this.#points.filter((point) => point.at > last)].slice(-this.#capacity);
    this.#draw();
  }

  add(point: TrafficPoint): void {
    const last = this.#points.at(-1);
    if (last === undefined || point.at > last.at) {
      this.#points.push(point);
      if (this.#points.length > this.#capacity) {
        this.#points.shift();
      }
      this.#draw();
    }
  }

  #draw(): void {
    const bands = this.#bandsOf(this.#keys());
    const peak = peakOf(bands, this.#points.length);
    const before = this.#picture.ceiling;
    // Grows at once, and shrinks only when it is far too large, so that the chart does not jump.
    const ceiling = peak > before || peak < before * 0.55 ? niceCeiling(peak * 1.05) : before;
    this.#picture = { bands, times: this.#points.map((point) => point.at), ceiling };
    for (const listener of this.#listeners) {
      listener();
    }
  }

  /** Bands in the order of the pool's rows; those without a band of their own are summed up by provider. */
  #bandsOf(keys: readonly KeyHealth[]): Band[] {
    const totals = this.#totals();
    this.#choose(totals);
    this.#apart = this.#standApart(totals);
    const bands: Band[] = [];
    /** Which band a key's tokens belong to. */
    const places = new Map<string, number>();
    for (const [index, provider] of PROVIDERS.entries()) {
      const summedUp = `${SUMMED_UP}${provider}`;
      const rest: KeyHealth[] = [];
      for (const key of keys) {
        if (key.provider !== provider) {
          continue;
        }
        const shade = this.#apart ? this.#shades.get(key.id) : undefined;
        if (shade !== undefined) {
          places.set(key.id, bands.length);
          bands.push({ id: key.id, name: key.name, shade, values: [] });
        } else if (totals.has(key.id)) {
          rest.push(key);
        }
      }
      if (rest.length > 0 || totals.has(summedUp)) {
        rest.forEach(({ id }) => places.set(id, bands.length));
        places.set(summedUp, bands.length);
        bands.push({
          id: summedUp,
          name: this.#nameOfRest(provider, rest, totals.has(summedUp)),
          // Without a key that stands out, the providers are what there is to tell apart.
          shade: this.#apart ? -1 - index : index,
          values: [],
        });
      }
    }
    this.#fill(bands, places);
    return bands;
  }

  /** @param more whether others are among them that the API does not name */
  #nameOfRest(provider: Provider, rest: KeyHealth[], more: boolean): string {
    if (!this.#apart) {
      return providerName(provider);
    }
    return rest.length === 1 && !more ? (rest[0]?.name ?? "") : `Other ${providerName(provider)}`;
  }

  /** Goes over the points once, however many keys there are. */
  #fill(bands: Band[], places: Map<string, number>): void {
    const raw = bands.map(() => new Array<number>(this.#points.length).fill(0));
    for (const [index, { tokens }] of this.#points.entries()) {
      for (const [id, count] of Object.entries(tokens)) {
        const values = raw[places.get(id) ?? -1];
        if (values !== undefined) {
          values[index] = (values[index] ?? 0) + count;
        }
      }
    }
    bands.forEach((band, index) => {
      band.values = smooth(raw[index] ?? []);
    });
  }

  #totals(): Map<string, number> {
    const totals = new Map<string, number>();
    for (const point of this.#points) {
      for (const [id, tokens] of Object.entries(point.tokens)) {
        totals.set(id, (totals.get(id) ?? 0) + tokens);
      }
    }
    return totals;
  }

  #choose(totals: Map<string, number>): void {
    let all = 0;
    for (const tokens of totals.values()) {
      all += tokens;
    }
    const least = all * LEAST_SHARE;
    for (const id of this.#shades.keys()) {
      if ((totals.get(id) ?? 0) * CLEARLY_MORE < least) {
        this.#shades.delete(id);
      }
    }
    const challengers = [...totals]
      .filter(([id, tokens]) => tokens >= least && !id.startsWith(SUMMED_UP) && !this.#shades.has(id))
      .sort((a, b) => b[1] - a[1]);
    for (const [id, tokens] of challengers) {
      if (this.#shades.size < this.#bands) {
        this.#shades.set(id, this.#freeShade());
        continue;
      }
      const [weakest] = [...this.#shades.keys()].sort((a, b) => (totals.get(a) ?? 0) - (totals.get(b) ?? 0));
      if (weakest === undefined || tokens < (totals.get(weakest) ?? 0) * CLEARLY_MORE) {
        return;
      }
      const shade = this.#shades.get(weakest) ?? 0;
      this.#shades.delete(weakest);
      this.#shades.set(id, shade);
    }
  }

  /** With some play, so that the chart does not change its mind all the time. */
  #standApart(totals: Map<string, number>): boolean {
    let all = 0;
    let named = 0;
    for (const [id, tokens] of totals) {
      all += tokens;
      named += this.#shades.has(id) ? tokens : 0;
    }
    return named > 0 && named >= all * (this.#apart ? APART / CLEARLY_MORE : APART);
  }

  #freeShade(): number {
    const taken = new Set(this.#shades.values());
    let shade = 0;
    while (taken.has(shade)) {
      shade++;
    }
    return shade;
  }
}

/** Tokens of single seconds as tokens per minute, averaged over the last few. */
function smooth(raw: readonly number[]): number[] {
  let sum = 0;
  return raw.map((value, index) => {
    sum += value - (index >= SMOOTHING ? (raw[index - SMOOTHING] ?? 0) : 0);
    return (sum / Math.min(index + 1, SMOOTHING)) * 60;
  });
}

function peakOf(bands: readonly Band[], points: number): number {
  let peak = 0;
  for (let index = 0; index < points; index++) {
    const sum = bands.reduce((total, band) => total + (band.values[index] ?? 0), 0);
    peak = Math.max(peak, sum);
  }
  return peak;
}

/** The same traffic, spread over the seconds. */
function bySecond(points: readonly TrafficPoint[], step: number): TrafficPoint[] {
  const seconds = Math.max(1, Math.round(step / 1_000));
  if (seconds === 1) {
    return [...points];
  }
  return points.flatMap((point) => {
    const tokens = Object.fromEntries(
      Object.entries(point.tokens).map(([id, count]) => [id, count / seconds]),
    );
    return Array.from({ length: seconds }, (_, index) => ({
      at: new Date(Date.parse(point.at) - (seconds - 1 - index) * 1_000).toISOString(),
      tokens,
      requests: {},
    }));
  });
}

/** A round number at or above `value`, to scale the chart by. */
export function niceCeiling(value: number): number {
  if (value <= 0) {
    return 1_000;
  }
  const magnitude = 10 ** Math.floor(Math.log10(value));
  for (const step of [1, 1.5, 2, 3, 4, 5, 6, 8]) {
    if (value <= step * magnitude) {
      return step * magnitude;
    }
  }
  return 10 * magnitude;
}
