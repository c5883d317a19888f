// What a program returned, as the host gets it: a text that fits, the content blocks, and the whole if that is more.
import { blockIn, describeBlock, isContent, kindOf, replaceBlocks, textIn, withText } from "./blocks.sandbox.js";
import { shorten, shortenAll } from "./shorten.sandbox.js";
import { plainValue, textOf } from "./show.sandbox.js";

const { stringify } = JSON;
const { from, isArray } = Array;
const encoder = new TextEncoder();
const encode = encoder.encode.bind(encoder);

/**
 * { text, blocks, chars?, leftOut, whole? }: `text` is empty if the value is nothing but content. If `text` or the texts of blocks had to be
 * shortened, `chars` is how long they were. `leftOut` blocks had no room. Then `whole` is the value as JSON, unless it is beyond `resultBytes`.
 */
export function resultOf(value, limits, outbox) {
  const tree = plainValue(value);
  const result = isContent(tree) ? contentResult(isArray(tree) ? tree : [tree], limits, outbox) : textResult(value, tree, limits, outbox);
  if (result.chars === undefined && result.leftOut === 0) return result;
  // The whole has no fewer characters: making it would take as much memory again for nothing.
  if (result.chars > limits.resultBytes) return result;
  const whole = stringify(tree);
  return encode(whole).length > limits.resultBytes ? result : { ...result, whole };
}

function contentResult(items, limits, outbox) {
  const content = from(items, (item) => (typeof item === "string" ? { type: "text", text: item } : blockIn(item)));
  const texts = from(content, (block) => textIn(block) ?? "");
  const shortened = shortenAll(texts, limits.resultChars);
  const blocks = [];
  let leftOut = 0;
  for (let index = 0; index < content.length; index += 1) {
    const block = content[index];
    const packed = outbox.pack(shortened[index] === texts[index] ? block : withText(block, shortened[index]));
    if (packed === undefined) leftOut += 1;
    else blocks.push(packed);
  }
  const chars = texts.reduce((sum, text) => sum + text.length, 0);
  return { text: "", blocks, leftOut, ...(chars > limits.resultChars && { chars }) };
}

function textResult(value, tree, limits, outbox) {
  const blocks = [];
  const numbers = {};
  let leftOut = 0;
  let cutAway = 0;
  const shown = replaceBlocks(tree, (block) => {
    const kind = kindOf(block);
    const cut = outbox.cut(block);
    const packed = cut === undefined ? undefined : outbox.pack(cut);
    if (packed === undefined) {
      leftOut += 1;
      return `[${kind} left out: ${describeBlock(block)}]`;
    }
    if (cut !== block) cutAway += textIn(block).length - textIn(cut).length;
    blocks.push(packed);
    numbers[kind] = (numbers[kind] ?? 0) + 1;
    return `[${kind} ${numbers[kind]}: ${describeBlock(block)}]`;
  });
  const text = textOf(value, shown);
  const fits = text.length <= limits.resultChars;
  return {
    text: fits ? text : shorten(shown, limits.resultChars),
    blocks,
    leftOut,
    ...((!fits || cutAway > 0) && { chars: text.length + cutAway }),
  };
}
