/** Whether `text` takes more than `limit` bytes as UTF-8. Counts only near the limit: a UTF-16 unit makes one to three bytes. */
export function exceedsBytes(text: string, limit: number): boolean {
  if (text.length > limit) return true;
  return text.length * 3 > limit && byteLength(text) > limit;
}

/** The size of `text` as UTF-8. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
