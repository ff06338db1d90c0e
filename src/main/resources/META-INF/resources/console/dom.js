/** The page's nodes. Text is only ever set as text: what a customer is called is never markup. */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An element. An attribute that is false, null or undefined is left out; `onclick` and its kin are
 * listeners; children that are null or false are left out.
 */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for a picture. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(name.slice(2), value);
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== false && child !== undefined));
  return element;
}

/** Sets the text, and only touches the page when it is another one. */
export function text(element, content) {
  if (element.textContent !== content) element.textContent = content;
}

export function show(element, shown) {
  element.hidden = !shown;
}

/**
 * Makes the children of a list fit the items. A node stays the same as long as its key does, and is
 * not moved without need: so it keeps the focus, and what was typed into it.
 */
export function keyed(list, items, keyOf, make, update = () => {}) {
  const nodes = new Map(Array.from(list.children, (node) => [node.dataset.key, node]));
  const keys = new Set(items.map((item) => String(keyOf(item))));
  for (const [key, node] of nodes) {
    if (!keys.has(key)) node.remove();
  }
  let place = list.firstElementChild;
  for (const item of items) {
    const key = String(keyOf(item));
    let node = nodes.get(key);
    if (!node) {
      node = make(item);
      node.dataset.key = key;
    }
    update(node, item);
    if (node === place) {
      place = place.nextElementSibling;
    } else {
      list.insertBefore(node, place);
    }
  }
}

/** A button of the page; while what it does is under way it cannot be pressed again. */
export function button(label, attributes, press) {
  const element = h('button', { type: 'button', ...attributes }, label);
  element.addEventListener('click', async () => {
    if (element.getAttribute('aria-disabled') === 'true') return;
    element.setAttribute('aria-disabled', 'true');
    try {
      await press(element);
    } finally {
      element.removeAttribute('aria-disabled');
    }
  });
  return element;
}

/** At most once in a while, and never twice at a time; each call is followed by a run. */
export function atMostEvery(milliseconds, run) {
  let next = 0;
  let timer = null;
  let running = false;
  let again = false;
  const ask = () => {
    if (running) {
      again = true;
    } else {
      timer ??= setTimeout(start, Math.max(0, next - performance.now()));
    }
  };
  const start = async () => {
    timer = null;
    running = true;
    again = false;
    try {
      await run();
    } finally {
      running = false;
      next = performance.now() + milliseconds;
      if (again) ask();
    }
  };
  return ask;
}

/** What this browser remembers for the person; a browser that remembers nothing is no reason to fail. */
export const memory = {
  get(name) {
    try {
      return localStorage.getItem(`tillkeeper.${name}`) ?? '';
    } catch {
      return '';
    }
  },
  set(name, value) {
    try {
      localStorage.setItem(`tillkeeper.${name}`, value);
    } catch {
      // asked again the next time
    }
  },
};
