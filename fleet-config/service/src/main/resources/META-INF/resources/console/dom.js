/*
 * Describes elements and brings the page in line with the description. Elements that are still wanted stay, so that
 * focus, opened details and the reading position of a screen reader survive every update. Text only ever becomes text.
 */

const SVG = "http://www.w3.org/2000/svg";

/** Describes an element: attributes, then children; strings are text, empty children are left out. */
export function el(tag, attributes = {}, ...children) {
  return { tag, attributes, children: children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== "") };
}

/** Makes the children of the node look like this. */
export function show(node, ...wanted) {
  patchChildren(node, wanted.flat(Infinity), false);
}

function patchChildren(parent, wanted, svg) {
  const keyed = new Map();
  for (const child of parent.childNodes) {
    if (child.plumbKey !== undefined) {
      keyed.set(child.plumbKey, child);
    }
  }
  wanted.forEach((want, i) => {
    const here = parent.childNodes[i] ?? null;
    const key = typeof want === "object" ? want.attributes.key : undefined;
    let match = key === undefined ? here : keyed.get(key) ?? null;
    if (match !== null && !fits(match, want, key)) {
      match = null;
    }
    const node = match ?? create(want, svg);
    if (node !== here) {
      parent.insertBefore(node, here);
    }
    update(node, want, svg);
  });
  while (parent.childNodes.length > wanted.length) {
    parent.lastChild.remove();
  }
}

function fits(node, want, key) {
  if (typeof want !== "object") {
    return node.nodeType === Node.TEXT_NODE;
  }
  return node.nodeType === Node.ELEMENT_NODE && node.localName === want.tag && node.plumbKey === key;
}

function create(want, svg) {
  if (typeof want !== "object") {
    return document.createTextNode(String(want));
  }
  const inSvg = svg || want.tag === "svg";
  const node = inSvg ? document.createElementNS(SVG, want.tag) : document.createElement(want.tag);
  if (want.attributes.key !== undefined) {
    node.plumbKey = want.attributes.key;
  }
  return node;
}

function update(node, want, svg) {
  if (typeof want !== "object") {
    const text = String(want);
    if (node.data !== text) {
      node.data = text;
    }
    return;
  }
  const wanted = new Map(Object.entries(want.attributes).filter(([name, value]) => name !== "key" && value !== null));
  for (const [name, value] of wanted) {
    if (name === "width%") {
      node.style.width = value + "%";
    } else if (node.getAttribute(name) !== String(value)) {
      node.setAttribute(name, String(value));
    }
  }
  for (const name of node.getAttributeNames()) {
    if (!wanted.has(name) && name !== "style" && !(name === "open" && want.tag === "details")) {
      node.removeAttribute(name);
    }
  }
  patchChildren(node, want.children, svg || want.tag === "svg");
}
