const main = async (): Promise<string[]> => {
  const { tickets } = await tracker.list_tickets({ status: "doing", limit: 50 });
  return tickets.map((t) => `${t.id}: ${t.title}`);
};
/* @expect returns
["T-2: Review login","T-5: Write login","T-8: Measure login","T-11: Ship login","T-14: Review login"]
*/
