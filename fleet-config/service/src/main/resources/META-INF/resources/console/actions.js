/*
 * Asks for something after a confirmation. A button with data-opens shows the dialog of that id; its form says with data-method and
 * data-url what is asked for, and its named fields are the body, or with DELETE the query. Who asks, and an operator's token, stay in this tab (sessionStorage): the
 * token is never part of an address. What the server refuses is said in its own words.
 */

import { refresh } from "./shell.js";

const KEY = "plumbline-";
const CONFLICT = 409;
const PATIENCE_MS = 30000;

function remembered(name) {
  try {
    return sessionStorage.getItem(KEY + name) ?? "";
  } catch {
    return "";
  }
}

function remember(name, value) {
  try {
    if (value) {
      sessionStorage.setItem(KEY + name, value);
    } else {
      sessionStorage.removeItem(KEY + name);
    }
  } catch {
    /* Where nothing may be kept, it is asked for again. */
  }
}

function open(dialog) {
  for (const field of dialog.querySelectorAll("[data-remember]")) {
    field.value ||= remembered(field.name);
  }
  if (!dialog.querySelector("[type=submit]").disabled) {
    say(dialog, "");
  }
  dialog.showModal();
  ([...dialog.querySelectorAll("input:not([type=radio]), select")].find((field) => !field.value) ?? dialog.querySelector("[type=submit]"))?.focus();
}

function say(dialog, words) {
  dialog.querySelector(".refusal").textContent = words;
}

/* What was asked of something that is no longer so: asked again it would be refused again. */
class Outdated extends Error {}

/** What the form asks for, and of which revision; fields that were left empty are left out. */
function body(form) {
  const wanted = form.dataset.revision ? { revision: Number(form.dataset.revision) } : {};
  for (const field of form.querySelectorAll("input[name], select[name]")) {
    const chosen = field.type !== "radio" || field.checked ? field.value.trim() : "";
    if (field.name !== "token" && chosen) {
      wanted[field.name] = field.dataset.type === "boolean" ? chosen === "true" : chosen;
    }
  }
  return wanted;
}

async function ask(form) {
  const headers = { "Content-Type": "application/json" };
  const token = form.elements.token?.value.trim();
  if (token) {
    headers.Authorization = "Bearer " + token;
  }
  const method = form.dataset.method;
  const taken = method === "DELETE";
  const address = taken ? form.dataset.url + "?" + new URLSearchParams(body(form)) : form.dataset.url;
  const answer = await fetch(address, {
    method,
    headers,
    credentials: "same-origin",
    signal: AbortSignal.timeout(PATIENCE_MS),
    body: taken ? undefined : JSON.stringify(body(form)),
  }).catch(() => {
    throw new Error("The control plane does not answer: whether it was done, the page says when it is heard again.");
  });
  if (answer.status === 401) {
    remember("token", "");
  }
  if (!answer.ok) {
    const told = await answer.json().catch(() => ({}));
    const words = (answer.status === 401 ? "Refused: " : "Not done: ") + (told.error ?? "the control plane answered " + answer.status);
    throw answer.status === CONFLICT ? new Outdated(words) : new Error(words);
  }
  for (const field of form.querySelectorAll("[data-remember]")) {
    remember(field.name, field.value.trim());
  }
}

async function send(form) {
  const dialog = form.closest("dialog");
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  try {
    await ask(form);
    dialog.close();
    form.reset();
    const outcome = document.getElementById("outcome");
    if (outcome) {
      outcome.textContent = form.dataset.done + ".";
    }
    button.disabled = false;
    await refresh();
  } catch (trouble) {
    say(dialog, trouble.message);
    button.disabled = trouble instanceof Outdated;
    if (button.disabled) {
      dialog.querySelector("[data-closes]")?.focus();
    }
  }
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    open(document.getElementById(opener.dataset.opens));
  }
  if (event.target.closest("[data-closes]")) {
    event.target.closest("dialog").close();
  }
});

document.addEventListener("submit", (event) => {
  if (event.target.dataset.url) {
    event.preventDefault();
    send(event.target);
  }
});
