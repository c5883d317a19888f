/**
 * A short text that stands for a longer one: the same for the same text, another one for nearly every other. Nothing may depend on nobody being
 * able to find two texts with one fingerprint.
 */
export function fingerprint(text: string): string {
  // Two hashes in the manner of FNV-1a, with 32 bits each.
  return [0x01000193, 0x85ebca6b].map((factor) => hash(text, factor).toString(16).padStart(8, "0")).join("");
}

function hash(text: string, factor: number): number {
  let bits = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    bits = Math.imul(bits ^ text.charCodeAt(index), factor);
    bits ^= bits >>> 15;
  }
  return bits >>> 0;
}
