type Result<T> = { ok: true; value: T } | { ok: false; error: string };

async function attempt<T>(action: Promise<T>): Promise<Result<T>> {
  try {
    return { ok: true, value: await action };
  } catch (e) {
    return { ok: false, error: (e as Error).message };
  }
}

const results = await Promise.all([attempt(tracker.get_ticket({ id: "T-1" })), attempt(tracker.get_ticket({ id: "nope" }))]);
return results.map((r) => (r.ok ? r.value.title : r.error));
/* @expect returns
["Write report","tracker.get_ticket: no ticket nope"]
*/
