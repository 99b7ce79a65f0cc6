/* Open alerts, silences, and sinks that do not take their letters. */

import { el } from "./dom.js";
import { KINDS, SEVERITIES, ago, moment, short } from "./words.js";

const SHOWN = 20;

export function alerts(board, now) {
  const open = board.alerts.filter((alert) => !alert.resolved);
  return [
    open.length === 0
      ? el("p", { class: "empty", key: "none" }, "No alert is open.")
      : el("div", { class: "panel table", key: "open" }, el("ul", { class: "events" }, open.slice(0, SHOWN).map((alert) => line(alert, now)))),
    open.length > SHOWN ? el("p", { class: "quiet small", key: "more" }, "and " + (open.length - SHOWN) + " more") : null,
    ...board.silences.map((silence) => el("p", { class: "quiet small", key: silence.id }, silenced(silence))),
    ...board.sinks.filter(isInTrouble).map((sink) => el("p", { class: "small", key: "sink-" + sink.name },
      el("span", { class: "badge warn" }, "sink " + sink.name), " " + trouble(sink, now))),
  ].filter((part) => part !== null);
}

function line(alert, now) {
  const severity = SEVERITIES[alert.severity];
  return el("li", { key: alert.id, id: "alert-" + alert.id },
    el("span", {}, el("span", { class: "badge " + severity.tone }, severity.name)),
    el("span", { class: "sentence" }, el("strong", {}, KINDS[alert.kind] + " " + about(alert.subject)), ": " + alert.because,
      el("span", { class: "quiet small" }, detail(alert))),
    el("time", { class: "quiet small", datetime: alert.openedAt, title: alert.openedAt }, ago(alert.openedAt, now)));
}

function about(subject) {
  return [subject.model, subject.build ? short(subject.build) : "", subject.site ? "at " + subject.site : "",
    subject.gateway ? "on " + subject.gateway : ""].filter((part) => part).join(" ");
}

function detail(alert) {
  const parts = [
    alert.count > 1 ? "seen " + alert.count + " times" : "",
    alert.acknowledged ? "looked after by " + alert.acknowledged.by + (alert.acknowledged.note ? ": " + alert.acknowledged.note : "") : "",
    alert.silencedBy ? "held back by silence " + alert.silencedBy : "",
    alert.proof.command ?? "",
    "alert " + alert.id,
  ].filter((part) => part);
  return " " + parts.join(" · ");
}

function silenced(silence) {
  const what = [silence.kind ? KINDS[silence.kind] : "", silence.severity ? SEVERITIES[silence.severity].name : "",
    silence.model ? "of " + silence.model : "", silence.site ? "at " + silence.site : ""].filter((part) => part);
  return "Silence " + silence.id + " holds back " + (what.length > 0 ? what.join(" ") : "all alerts") +
    " from " + moment(silence.from) + " until " + moment(silence.until) + ", by " + silence.by + ": " + silence.reason;
}

const isInTrouble = (sink) => sink.undeliverable > 0 || (sink.problem ?? "") !== "";

function trouble(sink, now) {
  return [
    sink.waiting > 0 ? sink.waiting + " waiting since " + ago(sink.oldest, now) : "",
    sink.undeliverable > 0 ? sink.undeliverable + " undeliverable" : "",
    sink.problem ?? "",
  ].filter((part) => part).join(" · ");
}
