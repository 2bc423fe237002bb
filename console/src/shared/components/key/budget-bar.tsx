import { Tooltip } from "@mantine/core";
import type { ReactNode } from "react";
import type { KeyHealth } from "@/shared/api/schema";
import classes from "@/shared/components/key/budget-bar.module.css";
import { compact, money, percent, whole } from "@/shared/format/number";
import { timeOfDay } from "@/shared/format/time";

type Budget = KeyHealth["budget"];

interface BarProps {
  label: string;
  used: number;
  reserved: number;
  limit: number;
}

/** Today's use of one budget; what requests under way have reserved is hatched. */
function Bar({ label, used, reserved, limit }: BarProps) {
  const usedShare = Math.min(1, used / limit);
  const reservedShare = Math.min(1 - usedShare, reserved / limit);
  return (
    <div
      className={classes["track"]}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(usedShare * 100)}
      data-full={usedShare + reservedShare >= 0.9 || undefined}
    >
      <div className={classes["used"]} style={{ transform: `scaleX(${usedShare.toFixed(4)})` }} />
      <div
        className={classes["reserved"]}
        style={{ left: `${(usedShare * 100).toFixed(2)}%`, width: `${(reservedShare * 100).toFixed(2)}%` }}
      />
    </div>
  );
}

interface BudgetBarProps {
  budget: Budget;
  /** Lies over it. */
  children?: ReactNode;
}

/** A key's budgets of the day, in tokens and in dollars, as far as it has any. */
export function BudgetBar({ budget, children }: BudgetBarProps) {
  const { usedTokens, reservedTokens, dailyTokens, usedUsd, reservedUsd, dailyUsd } = budget;
  return (
    <Tooltip label={<Details budget={budget} />} multiline maw={300}>
      <div className={classes["budget"]}>
        {dailyTokens !== undefined && (
          <Bar label="Daily tokens used" used={usedTokens} reserved={reservedTokens} limit={dailyTokens} />
        )}
        {dailyUsd !== undefined && (
          <Bar label="Daily dollars used" used={usedUsd} reserved={reservedUsd} limit={dailyUsd} />
        )}
        <div className={classes["figures"]}>
          <span>
            {compact(usedTokens)}
            {dailyTokens !== undefined && (
              <span className={classes["limit"]}> of {compact(dailyTokens)}</span>
            )}
            {dailyTokens === undefined && <span className={classes["limit"]}> tokens</span>}
          </span>
          <span>
            {money(usedUsd)}
            {dailyUsd !== undefined && <span className={classes["limit"]}> of {money(dailyUsd)}</span>}
          </span>
        </div>
        {children}
      </div>
    </Tooltip>
  );
}

function Details({ budget }: { budget: Budget }) {
  const { usedTokens, reservedTokens, dailyTokens, reservedUsd, dailyUsd, usedUsd, resetsAt } = budget;
  return (
    <>
      {whole(usedTokens)} tokens used today
      {dailyTokens !== undefined && `, ${percent(usedTokens / dailyTokens)} of ${whole(dailyTokens)}`};{" "}
      {whole(reservedTokens)} reserved by requests under way.
      <br />
      {money(usedUsd)} used
      {dailyUsd !== undefined && ` of ${money(dailyUsd)}`}, {money(reservedUsd)} reserved.
      <br />
      {dailyTokens === undefined && dailyUsd === undefined
        ? "No daily budget is set."
        : `The day begins anew at ${timeOfDay(resetsAt)}.`}
    </>
  );
}
