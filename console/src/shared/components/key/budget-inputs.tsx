import { NumberInput, type NumberInputProps } from "@mantine/core";

/** Tokens that a key may use in a day; empty for no limit. */
export function DailyTokensInput(props: NumberInputProps) {
  return (
    <NumberInput
      label="Daily tokens"
      placeholder="No limit"
      min={1}
      step={100_000}
      allowDecimal={false}
      thousandSeparator=","
      {...props}
    />
  );
}

/** US dollars that a key may use in a day; empty for no limit. */
export function DailyDollarsInput(props: NumberInputProps) {
  return (
    <NumberInput
      label="Daily dollars"
      placeholder="No limit"
      prefix="$"
      min={0.01}
      step={5}
      decimalScale={2}
      thousandSeparator=","
      {...props}
    />
  );
}
