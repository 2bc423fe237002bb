import { Anchor } from "@mantine/core";
import { IconPlugConnected } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { Link } from "react-router";
import { trafficQuery, WINDOW } from "@/features/health/api";
import { TrafficChart, type Mark } from "@/features/health/components/traffic-chart";
import { TrafficLegend } from "@/features/health/components/traffic-legend";
import classes from "@/features/health/components/traffic-panel.module.css";
import { TrafficRing } from "@/features/health/traffic";
import { Panel } from "@/shared/components/panel";
import { useFeedEvent, usePoolStore } from "@/shared/live/live";

/** Keys with a band of their own. */
const BANDS = 7;
/** Marks on the chart at most; with hundreds of keys something changes all the time. */
const MARKS = 14;

/** Tokens per minute by key over the last minutes, as it happens. */
export function TrafficPanel() {
  const pool = usePoolStore();
  const [ring] = useState(() => new TrafficRing(WINDOW, BANDS, () => pool.keys));
  const picture = useSyncExternalStore(ring.subscribe, ring.picture);
  const [marks, setMarks] = useState<Mark[]>([]);
  const [highlighted, setHighlighted] = useState<string>();
  const { data, error } = useQuery(trafficQuery);
  useEffect(() => {
    if (data !== undefined) {
      ring.fill(data.points, data.step);
    }
  }, [data, ring]);
  useFeedEvent("traffic", (point) => ring.add(point));
  useFeedEvent("state", ({ keyId, keyName, to, from, at, model }) => {
    if (
      model === undefined &&
      picture.bands.some((band) => band.id === keyId) &&
      to !== "trial" &&
      from !== "trial"
    ) {
      setMarks((before) => [...before, { keyId, keyName, to, at }].slice(-MARKS));
    }
  });

  return (
    <Panel
      title="Traffic by key"
      aside={<span className={classes["unit"]}>tokens per minute, last five minutes</span>}
    >
      {error !== null && picture.times.length < 2 ? (
        <p className={classes["empty"]}>
          The last minutes could not be read; the chart fills as traffic comes.
        </p>
      ) : data !== undefined && picture.bands.length === 0 ? (
        <Quiet />
      ) : (
        <div className={classes["panel"]}>
          <TrafficChart picture={picture} marks={marks} highlighted={highlighted} window={WINDOW} />
          <TrafficLegend bands={picture.bands} highlighted={highlighted} onHighlight={setHighlighted} />
        </div>
      )}
    </Panel>
  );
}

/** Nothing flows, which is the first thing somebody sees who has just added a key. */
function Quiet() {
  return (
    <div className={classes["quiet"]}>
      <IconPlugConnected size={22} stroke={1.5} aria-hidden />
      <p>No traffic in the last five minutes.</p>
      <p>
        <Anchor component={Link} to="/settings/client-keys">
          Connect a program
        </Anchor>{" "}
        or{" "}
        <Anchor component={Link} to="/assistant">
          ask the assistant something
        </Anchor>
        , and see here which key it goes to.
      </p>
    </div>
  );
}
