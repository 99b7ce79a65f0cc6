/* Asks for the overview and the alerts once a second and shows them. */

import { alerts } from "./alerts.js";
import { el, show } from "./dom.js";
import { FINAL, STAGES, VERDICTS, ago, moment, percent, rate, short, whole } from "./words.js";

const EVERY_MS = 1000;
const SILENT_MS = 15000;
const SPARK_POINTS = 90;

const sparks = new Map();
const spoken = new Map();
const $ = (id) => document.getElementById(id);

function badge(word) {
  return el("span", { class: ("badge " + word.tone).trim() }, word.name);
}

function code(digest) {
  return el("code", { title: digest }, short(digest));
}

function time(iso, now) {
  return el("time", { datetime: iso, title: iso }, ago(iso, now));
}

const compared = (fidelity) => fidelity.classes.reduce((sum, one) => sum + one.compared, 0);
const agreed = (fidelity) => fidelity.classes.reduce((sum, one) => sum + one.agreed, 0);
const worstTensor = (fidelity) =>
  fidelity.clipping.reduce((worst, one) => (worst === null || share(one) > share(worst) ? one : worst), null);
const share = (tensor) => (tensor.windows > 0 ? tensor.clippedWindows / tensor.windows : 0);
const key = (cohort) => cohort.model + "|" + cohort.build + "|" + cohort.site;

/* Models */

function card(health, overview) {
  const { cohort, fidelity, labels } = health;
  const verdict = VERDICTS[health.verdict];
  const word = overview.verdicts.find((one) => key(one.cohort) === key(cohort) && one.verdict === health.verdict);
  const perSecond = overview.gateways
    .filter((gateway) => gateway.site === cohort.site)
    .reduce((sum, gateway) => sum + gateway.readingsPerSecond, 0);
  const labelled = labels.reduce((sum, one) => sum + one.labelled, 0);
  const correct = labels.reduce((sum, one) => sum + one.correct, 0);
  const tensor = worstTensor(fidelity);
  return el("article", { class: "panel card", key: key(cohort) },
    el("div", { class: "head" },
      el("h3", {}, cohort.model, " ", el("span", { class: "quiet" }, "at " + cohort.site)),
      el("span", { class: "end" }, badge(verdict))),
    el("p", { class: "sentence" }, word ? word.because : verdict.means),
    el("dl", { class: "figures" },
      figure("readings/s", rate(perSecond)),
      figure("INT8 = FP32", percent(agreed(fidelity), compared(fidelity))),
      figure("clipped", tensor ? percent(tensor.clippedWindows, tensor.windows) : "–", breached(health, "clipping")),
      figure("accuracy", percent(correct, labelled))),
    classes(health),
    trend(cohort, fidelity),
    facts(health.evidence),
    el("div", { class: "foot" },
      el("span", {}, "build ", code(cohort.build)),
      stageOf(cohort, overview)));
}

function figure(name, value, bad = false) {
  return el("div", {}, el("dt", {}, name), el("dd", bad ? { class: "bad" } : {}, value));
}

function breached(health, measure) {
  return health.evidence.some((fact) => fact.measure === measure && fact.breached);
}

function classes(health) {
  if (health.fidelity.classes.length === 0) {
    return el("p", { class: "quiet small" }, "Nothing has been compared with FP32 yet.");
  }
  return el("ul", { class: "bars", "aria-label": "INT8 agrees with FP32, by what FP32 says" },
    health.fidelity.classes.map((one) => {
      const bad = health.evidence.some((fact) => fact.measure === "agreement" && fact.subject === one.label && fact.breached);
      const part = one.compared > 0 ? (100 * one.agreed) / one.compared : 0;
      return el("li", { key: one.label },
        el("span", { class: "name" }, "“" + one.label + "”"),
        el("span", { class: "track", "aria-hidden": "true" }, el("i", { class: bad || part < 75 ? "bad" : null, "width%": part })),
        el("span", { class: "number" }, percent(one.agreed, one.compared), el("span", { class: "quiet" }, " of " + whole(one.compared))));
    }));
}

function stageOf(cohort, overview) {
  const rollout = overview.rollouts.find((one) => one.model === cohort.model);
  if (!rollout) {
    return el("span", {}, "as declared");
  }
  const under = !FINAL.has(rollout.stage);
  const role = rollout.candidate === cohort.build ? "candidate" : rollout.baseline === cohort.build && under ? "baseline" : "";
  return el("span", {}, "rollout ", badge(STAGES[rollout.stage]), under && role ? " " + role : "");
}

/** Agreement of the class that INT8 follows least, over the time this page has been open. */
function trend(cohort, fidelity) {
  const points = sparks.get(key(cohort)) ?? [];
  const known = fidelity.classes.filter((one) => one.compared >= 20);
  if (known.length > 0) {
    points.push(Math.min(...known.map((one) => one.agreed / one.compared)));
    points.splice(0, Math.max(0, points.length - SPARK_POINTS));
    sparks.set(key(cohort), points);
  }
  if (points.length < 5) {
    return null;
  }
  const d = points.map((p, i) => (i === 0 ? "M" : "L") + i + " " + (20 - 20 * p).toFixed(2)).join("");
  return el("div", { class: "trend", "aria-hidden": "true" },
    el("span", {}, "least followed class, last " + points.length + " s"),
    el("svg", { class: "spark", viewBox: "0 -1 " + (SPARK_POINTS - 1) + " 22", preserveAspectRatio: "none" }, el("path", { d })));
}

function facts(evidence) {
  if (evidence.length === 0) {
    return null;
  }
  return el("details", {},
    el("summary", {}, "Evidence"),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "table" }, el("table", {},
      el("thead", {}, el("tr", {}, ["measure", "of"].map((name) => el("th", { scope: "col" }, name)),
        ["value", "interval", "limit", "samples"].map((name) => el("th", { scope: "col", class: "num" }, name)))),
      el("tbody", {}, evidence.map((fact) => el("tr", {},
        el("td", {}, fact.breached ? el("span", { class: "badge bad" }, fact.measure) : fact.measure),
        el("td", {}, fact.subject),
        el("td", { class: "num" }, fact.value.toFixed(3)),
        el("td", { class: "num" }, fact.lower.toFixed(3) + " – " + fact.upper.toFixed(3)),
        el("td", { class: "num" }, fact.threshold.toFixed(3)),
        el("td", { class: "num" }, whole(fact.samples))))))));
}

/* Gateways */

function gateways(overview, now) {
  if (overview.gateways.length === 0) {
    return el("p", { class: "empty" }, "No fleet file has been applied yet.");
  }
  const columns = ["Gateway", "Site", "Last seen", "Generation", "Readings/s", "Results", "Dead letters", "Outbox", "Runs"];
  return el("div", { class: "panel table" }, el("table", { class: "stack" },
    el("thead", {}, el("tr", {}, columns.map((name, i) => el("th", { scope: "col", class: i > 2 && i < 8 ? "num" : null }, name)))),
    el("tbody", {}, overview.gateways.map((gateway) => gatewayRow(gateway, now)))));
}

function gatewayRow(gateway, now) {
  const silent = now - Date.parse(gateway.lastSeen) > SILENT_MS;
  const behind = gateway.generation !== gateway.desiredGeneration;
  const builds = [...new Set(gateway.running.map((one) => one.build))];
  const counters = gateway.counters;
  const number = (label, value) => el("td", { class: "num", "data-label": label }, value);
  return el("tr", { key: gateway.gateway },
    el("th", { scope: "row" }, gateway.gateway),
    el("td", { "data-label": "Site" }, gateway.site),
    el("td", { "data-label": "Last seen" }, silent ? el("span", { class: "badge bad" }, "silent") : "", silent ? " " : "", time(gateway.lastSeen, now)),
    number("Generation", behind
      ? el("span", { class: "badge warn", title: "not yet on what it should have" }, gateway.generation + " of " + gateway.desiredGeneration)
      : whole(gateway.generation)),
    number("Readings/s", rate(gateway.readingsPerSecond)),
    number("Results", whole(counters.results)),
    number("Dead letters", whole(counters.deadLetters)),
    number("Outbox", whole(counters.outboxPending)),
    el("td", { class: "wide", "data-label": "Runs" }, builds.length === 0 ? "–" : builds.map((build, i) => [i > 0 ? " " : "", code(build)])));
}

/* Rollouts */

function rollouts(overview, now) {
  if (overview.rollouts.length === 0) {
    return el("p", { class: "empty" }, "No rollout yet: every gateway runs the build that the fleet file declares.");
  }
  return overview.rollouts.slice(0, 8).map((rollout) => el("article", { class: "panel", key: rollout.rollout },
    el("div", { class: "head" },
      el("h3", {}, rollout.model),
      el("span", { class: "small" }, code(rollout.baseline), " → ", code(rollout.candidate)),
      el("span", { class: "end small quiet" }, time(rollout.at, now))),
    steps(rollout),
    el("p", { class: "sentence small" }, rollout.because),
    facts(rollout.evidence)));
}

function steps(rollout) {
  const way = ["READY", "CANARY", "WAVE", "COMPLETED"];
  const at = way.indexOf(rollout.stage);
  const shown = at >= 0 ? way : ["READY", rollout.updated.length > 1 ? "WAVE" : "CANARY", rollout.stage];
  const now = shown.indexOf(rollout.stage);
  const state = (i) => {
    if (i < now || rollout.stage === "COMPLETED") {
      return "done";
    }
    return i > now ? "ahead" : STAGES[rollout.stage].tone === "bad" ? "bad" : "now";
  };
  return el("ol", { class: "steps", "aria-label": "stage" }, shown.map((stage, i) =>
    el("li", { key: stage, "data-state": state(i), "aria-current": i === now ? "step" : null }, STAGES[stage].name)));
}

/* Recalibrations */

const OUTCOMES = {
  requested: { name: "under way", tone: "blue" },
  accepted: { name: "accepted", tone: "good" },
  refused: { name: "refused", tone: "warn" },
};

function recalibrations(overview) {
  if (overview.recalibrations.length === 0) {
    return el("p", { class: "empty" }, "None was needed yet.");
  }
  return overview.recalibrations.slice(0, 8).map((one) => el("article", { class: "panel", key: one.id },
    el("div", { class: "head" },
      el("h3", {}, one.model),
      badge(OUTCOMES[one.type]),
      el("span", { class: "small" }, code(one.build), one.candidate ? " → " : "", one.candidate ? code(one.candidate) : ""),
      el("span", { class: "end small quiet" }, moment(one.at))),
    el("p", { class: "sentence small" }, one.because),
    (one.scores ?? []).length > 0 ? scores(one) : null));
}

function scores(one) {
  const labels = [...new Set(one.scores.flatMap((score) => score.fidelity.classes.map((c) => c.label)))];
  const heads = ["windows", "INT8 = FP32", ...labels.map((label) => "“" + label + "”"), "clipped"];
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "table" }, el("table", {},
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "recipe"), el("th", { scope: "col" }, "build"),
      heads.map((name) => el("th", { scope: "col", class: "num" }, name)))),
    el("tbody", {}, one.scores.map((score) => {
      const tensor = worstTensor(score.fidelity);
      const role = score.build === one.candidate ? "chosen" : score.build === one.build ? "running" : "";
      return el("tr", { key: score.build },
        el("th", { scope: "row" }, score.recipe, role ? " " : "", role ? el("span", { class: "badge" + (role === "chosen" ? " good" : "") }, role) : ""),
        el("td", {}, code(score.build)),
        el("td", { class: "num" }, whole(score.windows)),
        el("td", { class: "num" }, percent(agreed(score.fidelity), compared(score.fidelity))),
        labels.map((label) => {
          const found = score.fidelity.classes.find((c) => c.label === label);
          return el("td", { class: "num" }, found ? percent(found.agreed, found.compared) : "–");
        }),
        el("td", { class: "num" }, tensor ? percent(tensor.clippedWindows, tensor.windows) : "–"));
    }))));
}

/* Verdicts */

function verdicts(overview) {
  if (overview.verdicts.length === 0) {
    return el("p", { class: "empty" }, "None yet.");
  }
  return el("div", { class: "panel table" }, el("ul", { class: "events" }, overview.verdicts.slice(0, 12).map((one) =>
    el("li", { key: one.id },
      el("span", {}, badge(VERDICTS[one.verdict])),
      el("span", { class: "sentence" }, el("strong", {}, one.cohort.model + " at " + one.cohort.site), ": " + one.because),
      el("time", { class: "quiet small", datetime: one.at, title: "event time" }, moment(one.at))))));
}

/* What changed, said once to those who do not see it */

function announce(overview) {
  const changes = [];
  for (const health of overview.health) {
    const name = health.cohort.model + " at " + health.cohort.site;
    note(name, VERDICTS[health.verdict].name, changes);
  }
  for (const rollout of overview.rollouts) {
    note("rollout of " + rollout.model + " to " + short(rollout.candidate), STAGES[rollout.stage].name, changes);
  }
  if (changes.length > 0) {
    show($("alert"), changes.join(". "));
  }
}

function note(what, now, changes) {
  if (spoken.has(what) && spoken.get(what) !== now) {
    changes.push(what + ": " + now);
  }
  spoken.set(what, now);
}

function render(overview, board, now) {
  show($("alerts"), alerts(board, now));
  show($("models"), overview.health.length > 0
    ? overview.health.map((health) => card(health, overview))
    : el("p", { class: "empty" }, "No gateway has reported statistics of an assigned build yet."));
  show($("gateways"), gateways(overview, now));
  show($("rollouts"), rollouts(overview, now));
  show($("recalibrations"), recalibrations(overview));
  show($("verdicts"), verdicts(overview));
  announce(overview);
}

function linked(state, words) {
  $("link").dataset.state = state;
  if ($("link").textContent !== words) {
    $("link").textContent = words;
  }
}

async function read(path) {
  const answer = await fetch(path, { cache: "no-store" });
  if (!answer.ok) {
    throw new Error("status " + answer.status);
  }
  return answer.json();
}

async function beat() {
  try {
    const [overview, board] = await Promise.all([read("/api/v1/overview"), read("/api/v1/alerts")]);
    render(overview, board, Date.now());
    linked("live", "live");
  } catch (trouble) {
    linked("lost", "no answer: what you see may be old (" + trouble.message + ")");
  }
  setTimeout(beat, document.hidden ? 5 * EVERY_MS : EVERY_MS);
}

beat();
