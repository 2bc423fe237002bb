// Counts what a page does: what its feed tells it, how often it paints, how long it is not free.
(() => {
  const seen = {};
  window.watched = seen;

  seen.begin = () => {
    seen.since = performance.now();
    seen.events = {};
    seen.bytes = 0;
    seen.frames = [];
    seen.longTasks = [];
    seen.busyFrames = 0;
    seen.rows = 0;
    seen.nodes = document.querySelectorAll("*").length;
  };

  seen.report = () => {
    const seconds = (performance.now() - seen.since) / 1000;
    const frames = seen.frames.toSorted((a, b) => a - b);
    const at = (part) => frames[Math.min(frames.length - 1, Math.floor(frames.length * part))] ?? 0;
    return JSON.stringify({
      seconds,
      events: Object.fromEntries(Object.entries(seen.events).map(([name, count]) => [name, count / seconds])),
      kilobytes: seen.bytes / 1024 / seconds,
      paints: seen.busyFrames / seconds,
      rowsPerPaint: seen.busyFrames === 0 ? 0 : seen.rows / seen.busyFrames,
      nodesBefore: seen.nodes,
      nodes: document.querySelectorAll("*").length,
      frames: frames.length / seconds,
      frameP50: at(0.5),
      frameP95: at(0.95),
      frameP99: at(0.99),
      frameMax: frames.at(-1) ?? 0,
      longTasks: seen.longTasks.length / seconds,
      longTaskMax: Math.max(0, ...seen.longTasks),
      blocked: seen.longTasks.reduce((sum, length) => sum + length - 50, 0) / seconds,
    });
  };

  const fetch = window.fetch;
  window.fetch = async (...args) => {
    const response = await fetch(...args);
    if (!String(args[0]).includes("/api/v1/events") || response.body === null) {
      return response;
    }
    const [ours, theirs] = response.body.tee();
    void count(ours.pipeThrough(new TextDecoderStream()).getReader());
    return new Response(theirs, response);
  };

  async function count(reader) {
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      seen.bytes += value.length;
      const lines = (rest + value).split("\n");
      rest = lines.pop();
      for (const line of lines) {
        if (line.startsWith("event:")) {
          const name = line.slice(6).trim();
          seen.events[name] = (seen.events[name] ?? 0) + 1;
        }
      }
    }
  }

  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      seen.longTasks?.push(entry.duration);
    }
  }).observe({ type: "longtask" });

  let changed = new Set();
  let dirty = false;
  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver((records) => {
      dirty = true;
      for (const { target } of records) {
        const row = (target instanceof Element ? target : target.parentElement)?.closest('[role="row"]');
        if (row) {
          changed.add(row);
        }
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  });

  let last = 0;
  requestAnimationFrame(function frame(now) {
    if (last > 0) {
      seen.frames?.push(now - last);
    }
    last = now;
    if (dirty) {
      dirty = false;
      seen.busyFrames = (seen.busyFrames ?? 0) + 1;
      seen.rows = (seen.rows ?? 0) + changed.size;
      changed = new Set();
    }
    requestAnimationFrame(frame);
  });
  seen.begin();
})();
