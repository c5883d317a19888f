const log = [];
try {
  log.push("start");
  await tracker.get_ticket({ id: "T-1" });
} catch (e) {
  log.push(`error: ${e}`);
} finally {
  log.push("end");
}
return log;
/* @expect returns
["start","end"]
*/
