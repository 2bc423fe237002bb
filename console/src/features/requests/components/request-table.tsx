import { memo } from "react";
import { Link, useLocation, useNavigate } from "react-router";
import { EndMark } from "@/features/requests/components/end-mark";
import classes from "@/features/requests/components/request-table.module.css";
import { endOf } from "@/features/requests/words";
import type { RequestSummary } from "@/shared/api/schema";
import { ProviderMark } from "@/shared/components/provider-mark";
import { compact, money, percent } from "@/shared/format/number";
import { dateTime, duration, timeOfDay } from "@/shared/format/time";

interface RequestTableProps {
  requests: readonly RequestSummary[];
  /** Whether the keys that answered may be seen. */
  keys: boolean;
  /** The opened one. */
  opened: string | undefined;
}

export function RequestTable({ requests, keys, opened }: RequestTableProps) {
  return (
    <table className={classes["table"]}>
      <thead>
        <tr>
          <th>Time</th>
          <th>Outcome</th>
          <th>Model</th>
          {keys && <th>API key</th>}
          <th>Client key</th>
          <th className={classes["number"]}>Tries</th>
          <th className={classes["number"]}>Tokens</th>
          <th className={classes["number"]}>Cached</th>
          <th className={classes["number"]}>Cost</th>
          <th className={classes["number"]}>First word</th>
          <th className={classes["number"]}>Duration</th>
        </tr>
      </thead>
      <tbody>
        {requests.map((request) => (
          <Row key={request.id} request={request} keys={keys} opened={request.id === opened} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  request: RequestSummary;
  keys: boolean;
  opened: boolean;
}

const Row = memo(function Row({ request, keys, opened }: RowProps) {
  const { search } = useLocation();
  const navigate = useNavigate();
  const to = `/requests/${encodeURIComponent(request.id)}${search}`;
  const cached = request.cachedTokens ?? 0;
  return (
    // The link in the row is what keyboards and screen readers use; the click is a bigger target for the mouse.
    <tr className={classes["row"]} data-opened={opened} onClick={() => void navigate(to)}>
      <td className={classes["time"]} title={dateTime(request.at)}>
        <Link to={to} className={classes["link"]} onClick={(event) => event.stopPropagation()}>
          {timeOfDay(request.at)}
        </Link>
      </td>
      <td className={classes["end"]}>
        <EndMark end={endOf(request)} />
      </td>
      <td className={classes["model"]}>
        <span>
          {request.provider && <ProviderMark provider={request.provider} />}
          <span className={classes["name"]}>{request.servedModel || request.requestedModel}</span>
        </span>
      </td>
      {keys && <td className={classes["key"]}>{request.keyName ?? <Nothing />}</td>}
      <td className={classes["client"]}>{request.clientKeyName ?? <Nothing />}</td>
      <td className={classes["tries"]}>{request.attempts}</td>
      <td className={classes["tokens"]} data-unit=" tokens">
        {compact(request.tokens)}
      </td>
      <td className={classes["cached"]}>
        {cached > 0 && request.tokens > 0 ? percent(cached / request.tokens) : <Nothing />}
      </td>
      <td className={classes["cost"]}>{request.usd === undefined ? <Nothing /> : money(request.usd)}</td>
      <td className={classes["first"]}>
        {request.firstContent === undefined ? <Nothing /> : duration(request.firstContent)}
      </td>
      <td className={classes["duration"]}>{duration(request.duration)}</td>
    </tr>
  );
});

function Nothing() {
  return <span className={classes["nothing"]}>–</span>;
}
