class NotReadyError extends Error {
  constructor(id) {
    super(`${id} is not ready`);
    this.name = "NotReadyError";
    this.id = id;
  }
}

try {
  const ticket = await tracker.get_ticket({ id: "T-1" });
  if (ticket.status !== "done") throw new NotReadyError(ticket.id);
} catch (e) {
  if (e instanceof NotReadyError) return { notReady: e.id };
  throw e;
}
/* @expect returns
{"notReady":"T-1"}
*/
