const text = await codemode.describe("tracker.get_stats");
return text.includes("velocity: number | null");
/* @expect returns
true
*/
