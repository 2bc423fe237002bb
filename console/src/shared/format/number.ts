const compactFormat = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });
const wholeFormat = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const percentFormat = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 0 });
const finePercentFormat = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 });
const centsFormat = new Intl.NumberFormat("en", { style: "currency", currency: "USD" });
const fineFormat = new Intl.NumberFormat("en", {
  style: "currency",
  currency: "USD",
  minimumFractionDigits: 4,
  maximumFractionDigits: 4,
});
const bigFormat = new Intl.NumberFormat("en", {
  style: "currency",
  currency: "USD",
  maximumFractionDigits: 0,
});

/** 1,284,000 → "1.28M": three figures, so that a column keeps its width. */
export function compact(value: number): string {
  return Math.abs(value) < 1000 ? wholeFormat.format(value) : compactFormat.format(value);
}

/** 1284000 → "1,284,000". */
export function whole(value: number): string {
  return wholeFormat.format(value);
}

/** 0.163 → "16%". */
export function percent(ratio: number): string {
  return ratio > 0 && ratio < 0.01 ? finePercentFormat.format(ratio) : percentFormat.format(ratio);
}

/** US dollars: "$60", "$12.84", "$1,284" from a thousand on, and "$0.0031" below ten cents. */
export function money(usd: number): string {
  if (usd !== 0 && Math.abs(usd) < 0.1) {
    return fineFormat.format(usd);
  }
  return Math.abs(usd) >= 1000 || (usd !== 0 && Number.isInteger(usd))
    ? bigFormat.format(usd)
    : centsFormat.format(usd);
}
