/*
 * Keeps the page up to date. The server says which parts have changed (server-sent events); if the page shows one of them it is asked
 * for again, and what is different is changed in place. Other scripts hear of it by the event plumbline:updated on the document.
 */

import { morph } from "./morph.js";
import { ago } from "./times.js";

/* So often at most, and at least: silence is nothing that anybody says. */
const SOONEST_MS = 1000;
const LATEST_MS = 10000;
const UNHEARD_MS = 5000;

/* An answer that never comes must not look like one that says nothing new. */
const PATIENCE_MS = 10000;

const link = document.getElementById("link");
const announcement = document.getElementById("announcement");

let news = document.body.dataset.news;
let source = null;
let askedAt = Date.now();
let timer = null;
let asking = false;

const listens = () => new Set((document.body.dataset.listens ?? "").split(" ").filter((part) => part));

function linked(state, words) {
  link.dataset.state = state;
  if (link.textContent !== words) {
    link.textContent = words;
  }
}

/* What somebody who does not see the page should hear of: said once, when it changes. */

const spoken = () => new Set([...document.querySelectorAll("[data-announce]")].map((one) => one.dataset.announce));

function announce(before) {
  const fresh = [...spoken()].filter((words) => !before.has(words));
  if (fresh.length > 0) {
    announcement.textContent = fresh.slice(0, 3).join(". ") + (fresh.length > 3 ? ", and " + (fresh.length - 3) + " more" : "");
  }
}

/* The page waits behind an open question: moved or taken away, it would let go of the keyboard. What can no longer be asked for says so. */
function stillAsked(dialog, wanted) {
  if (wanted.getElementById(dialog.id) === null) {
    dialog.querySelector("[type=submit]").disabled = true;
    dialog.querySelector(".refusal").textContent = "This can no longer be asked for: meanwhile things have changed. Close, and look again.";
  }
}

document.addEventListener("close", () => refresh(), true);

/** Asks for the page again and changes what has changed. */
export async function refresh() {
  if (asking) {
    return plan();
  }
  asking = true;
  askedAt = Date.now();
  try {
    const answer = await fetch(location.href, { cache: "no-store", headers: { Accept: "text/html" }, signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!answer.ok) {
      throw new Error("status " + answer.status);
    }
    if (link.dataset.state === "lost") {
      linked("live", "live");
    }
    const wanted = new DOMParser().parseFromString(await answer.text(), "text/html");
    const asked = document.querySelector("dialog[open]");
    if (asked !== null) {
      stillAsked(asked, wanted);
      return;
    }
    const before = spoken();
    for (const id of ["content", "places"]) {
      morph(document.getElementById(id), wanted.getElementById(id));
    }
    announce(before);
    document.dispatchEvent(new CustomEvent("plumbline:updated"));
  } catch (trouble) {
    linked("lost", "no answer: what you see may be old (" + trouble.message + ")");
  } finally {
    asking = false;
  }
}

function plan() {
  timer ??= setTimeout(() => {
    timer = null;
    refresh();
  }, Math.max(0, askedAt + SOONEST_MS - Date.now()));
}

function listen() {
  source = new EventSource("/api/v1/live?since=" + encodeURIComponent(news));
  source.addEventListener("changed", (event) => {
    news = event.lastEventId;
    linked("live", "live");
    const wanted = listens();
    if (event.data.split(" ").some((part) => wanted.has(part))) {
      plan();
    }
  });
  source.addEventListener("error", () => {
    linked("lost", "connection lost: what you see may be old");
    if (source.readyState === EventSource.CLOSED) {
      source = null;
      setTimeout(() => {
        if (source === null && !document.hidden) {
          listen();
        }
      }, UNHEARD_MS);
    }
  });
}

/* A browser has few connections to one server: a page that nobody sees gives its own back. */
document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    source?.close();
    source = null;
  } else if (source === null) {
    listen();
  }
});

function tick() {
  const now = Date.now();
  for (const time of document.querySelectorAll("time[data-ago]")) {
    const words = ago(time.dateTime, now);
    if (time.textContent !== words) {
      time.textContent = words;
    }
  }
  if (!document.hidden && now - askedAt > (source === null ? UNHEARD_MS : LATEST_MS)) {
    refresh();
  }
}

listen();
setInterval(tick, 1000);
