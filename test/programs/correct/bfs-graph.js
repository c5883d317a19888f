const { relations } = await memory.read_graph();
const queue = ["Ada"];
const distance = { Ada: 0 };
while (queue.length > 0) {
  const current = queue.shift();
  for (const { from, to } of relations) {
    if (from === current && !(to in distance)) {
      distance[to] = distance[current] + 1;
      queue.push(to);
    }
  }
}
return distance;
/* @expect returns
{"Ada":0,"Acme":1,"Web":1}
*/
