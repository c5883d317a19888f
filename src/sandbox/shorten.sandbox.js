// Makes a value fit into so many characters: JSON stays valid JSON, with what is left out counted in its place; of a text, head and tail stay.
// Takes plain data alone, so nothing of the program runs here.
const { parse, stringify } = JSON;
const { from, isArray } = Array;
const { hasOwn, keys } = Object;
const { floor, max, min } = Math;

/** What the shortest stand-in takes: brackets, quotes, and a note with a count. */
const FLOOR = 48;

/** At most `room` characters: the head and the tail of the text, and how much is missing between them. */
export function clip(text, room) {
  if (text.length <= room) return text;
  const note = (left) => `\n… [${left} of ${text.length} characters left out] …\n`;
  const kept = room - note(text.length).length;
  if (kept < 0) return room === 0 ? "" : `${text.slice(0, room - 1)}…`;
  const head = floor(kept * 0.75);
  return text.slice(0, head) + note(text.length - kept) + text.slice(text.length - (kept - head));
}

/** The value as JSON of at most `room` characters; a text that is JSON itself keeps being so, any other is clipped. */
export function shorten(value, room) {
  const tree = typeof value === "string" ? treeIn(value) : value;
  if (tree === undefined) return clip(value, room);
  return room < FLOOR ? clip(stringify(tree), room) : fit(tree, room);
}

/** Each text as `shorten` gives it, `room` characters in all: short ones stay whole. */
export function shortenAll(texts, room) {
  const rooms = shares(
    from(texts, (text) => text.length),
    room,
  );
  return from(texts, (text, index) => (text.length <= rooms[index] ? text : shorten(text, rooms[index])));
}

/** Long runs of digits would come back as other numbers. */
function treeIn(text) {
  if (!/^\s*[[{]/.test(text) || /\d{16}/.test(text)) return undefined;
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

/** `room` is at least FLOOR, or enough for the whole node. */
function fit(node, room) {
  if (sizeOf(node, room) <= room) return stringify(node);
  if (typeof node === "string") return fitText(node, room);
  return isArray(node) ? fitArray(node, room) : fitObject(node, room);
}

function fitText(text, room) {
  const note = (left) => `… [${count(left)} characters left out] …`;
  const kept = max(0, room - 2 - note(text.length).length);
  const head = headOf(text, floor(kept * 0.75));
  const tail = tailOf(text, kept - floor(kept * 0.75));
  return stringify(head + note(text.length - head.length - tail.length) + tail);
}

/** As many whole characters from the start as take `room` once they are escaped. */
function headOf(text, room) {
  const characters = from(text.slice(0, room));
  let used = 0;
  let end = 0;
  for (let index = 0; index < characters.length; index += 1) {
    used += stringify(characters[index]).length - 2;
    // Half of a pair at the cut takes six characters, and says nothing.
    if (used > room || (index === characters.length - 1 && isHalf(characters[index]))) break;
    end += characters[index].length;
  }
  return text.slice(0, end);
}

function tailOf(text, room) {
  const characters = from(text.slice(text.length - room));
  let used = 0;
  let start = text.length;
  for (let index = characters.length - 1; index >= 0; index -= 1) {
    used += stringify(characters[index]).length - 2;
    if (used > room || (index === 0 && isHalf(characters[index]))) break;
    start -= characters[index].length;
  }
  return text.slice(start);
}

function isHalf(character) {
  const code = character.charCodeAt(0);
  return character.length === 1 && code >= 0xd800 && code <= 0xdfff;
}

/** Few items whole rather than many in pieces: an item gets a quarter of the room if it needs that much. */
function fitArray(items, room) {
  const note = (left, kept) => stringify(`… ${count(left)} ${kept === 0 ? "" : "more "}${left === 1 ? "item" : "items"}`);
  const parts = from(items.slice(0, room), (node) => ({ before: "", node }));
  return `[${fitParts(parts, items.length, room - 2, 4, note)}]`;
}

/** Many members in pieces rather than few whole: their names say what there is. */
function fitObject(object, room) {
  const names = keys(object);
  let mark = "…";
  for (let n = 2; hasOwn(object, mark); n += 1) mark = `… ${n}`;
  const note = (left, kept) =>
    `${stringify(mark)}:${stringify(`${count(left)} ${kept === 0 ? "" : "more "}${left === 1 ? "member" : "members"}`)}`;
  const parts = from(names.slice(0, room), (name) => ({ before: `${stringify(name)}:`, node: object[name] }));
  return `{${fitParts(parts, names.length, room - 2, 16, note)}}`;
}

/** `parts` are the first of `total`; each may take a `fraction`th of the room for sure. `note(left, kept)` counts the others. */
function fitParts(parts, total, room, fraction, note) {
  const share = max(FLOOR, floor(room / fraction));
  const reserved = note(total, total).length + 1;
  const kept = [];
  let left = room;
  for (const { before, node } of parts) {
    const least = before.length + min(sizeOf(node, share), share) + 1;
    const rest = kept.length + 1 === total ? 0 : reserved;
    if (least + rest > left) break;
    kept.push({ before, node });
    left -= least;
  }
  const omitted = total - kept.length;
  const fixed = kept.reduce((sum, { before }) => sum + before.length + 1, omitted === 0 ? -1 : reserved - 1);
  const available = room - fixed;
  const rooms = shares(
    from(kept, ({ node }) => sizeOf(node, available)),
    available,
  );
  const texts = kept.map(({ before, node }, index) => before + fit(node, rooms[index]));
  return [...texts, ...(omitted === 0 ? [] : [note(omitted, kept.length)])].join(",");
}

/** What each of these sizes gets: small ones all that they need, the others the same share of what is left. */
function shares(sizes, available) {
  const order = from(sizes, (_, index) => index).sort((a, b) => sizes[a] - sizes[b]);
  const rooms = [];
  let left = available;
  for (let index = 0; index < order.length; index += 1) {
    const room = min(sizes[order[index]], floor(left / (order.length - index)));
    rooms[order[index]] = room;
    left -= room;
  }
  return rooms;
}

/** The characters of the node as JSON; counting stops beyond `cap`. */
function sizeOf(node, cap) {
  if (typeof node === "string" && node.length > cap) return node.length;
  if (typeof node !== "object" || node === null) return stringify(node).length;
  const names = isArray(node) ? node : keys(node);
  let size = 1;
  for (let index = 0; index < names.length; index += 1) {
    const inner = isArray(node) ? node[index] : node[names[index]];
    size += 1 + (isArray(node) ? 0 : stringify(names[index]).length + 1) + sizeOf(inner, cap - size);
    if (size > cap) return size;
  }
  return names.length === 0 ? 2 : size;
}

/** `Intl` and `toLocaleString` take milliseconds the first time. */
function count(number) {
  const digits = `${number}`;
  let text = digits.slice(-3);
  for (let end = digits.length - 3; end > 0; end -= 3) text = `${digits.slice(max(0, end - 3), end)},${text}`;
  return text;
}
