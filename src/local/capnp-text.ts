/** A Cap'n Proto string. All that ends or continues a literal, and every control character, is written as an escape. */
export function capnpText(value: string): string {
  // eslint-disable-next-line no-control-regex
  return `"${value.replace(/["\\\x00-\x1f\x7f]/g, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`)}"`;
}
