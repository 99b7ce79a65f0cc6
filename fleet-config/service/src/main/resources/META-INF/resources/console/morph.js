/*
 * Makes one tree look like another. Elements that are still wanted stay what they are, so that focus, opened details, what somebody is
 * typing and the reading position of a screen reader survive every update. What has data-keep is left alone: it belongs to a script.
 */

const OWNED = new Set(["open", "value", "checked"]);

export function morph(here, wanted) {
  const keyed = new Map();
  for (const child of here.children) {
    const key = keyOf(child);
    if (key !== null) {
      keyed.set(key, child);
    }
  }
  [...wanted.childNodes].forEach((want, i) => {
    const at = here.childNodes[i] ?? null;
    const match = matching(at, keyed, want);
    if (match === null) {
      here.insertBefore(document.importNode(want, true), at);
      return;
    }
    if (match !== at) {
      here.insertBefore(match, at);
    }
    update(match, want);
  });
  while (here.childNodes.length > wanted.childNodes.length) {
    here.lastChild.remove();
  }
}

function matching(at, keyed, want) {
  const key = keyOf(want);
  const found = key === null ? at : keyed.get(key) ?? null;
  return found !== null && found.nodeName === want.nodeName && keyOf(found) === key ? found : null;
}

function keyOf(node) {
  return node.nodeType === Node.ELEMENT_NODE ? node.dataset.key ?? (node.id || null) : null;
}

function update(node, want) {
  if (node.nodeType !== Node.ELEMENT_NODE) {
    if (node.data !== want.data) {
      node.data = want.data;
    }
    return;
  }
  if (node.dataset.keep !== undefined && want.dataset.keep === node.dataset.keep) {
    return;
  }
  for (const { name, value } of want.attributes) {
    if (node.getAttribute(name) !== value && !OWNED.has(name)) {
      node.setAttribute(name, value);
    }
  }
  for (const name of node.getAttributeNames()) {
    if (!want.hasAttribute(name) && !OWNED.has(name)) {
      node.removeAttribute(name);
    }
  }
  morph(node, want);
}
