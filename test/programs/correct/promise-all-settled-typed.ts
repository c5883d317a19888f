const results = await Promise.allSettled(["T-1", "T-99"].map((id) => tracker.get_ticket({ id })));
const good = results.filter((r) => r.status === "fulfilled").map((r) => r.value.id);
const bad = results.filter((r): r is PromiseRejectedResult => r.status === "rejected").map((r) => String(r.reason.message));
return { good, bad };
/* @expect returns
{"good":["T-1"],"bad":["tracker.get_ticket: no ticket T-99"]}
*/
