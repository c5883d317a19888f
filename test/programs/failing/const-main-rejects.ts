const main = async () => {
  const data: any = await stripe.list_disputes({});
  return data.data[0].id;
};
/* @expect throws
TypeError: Cannot read properties of undefined (reading 'id')
    at program.js:3:23
3 |   return data.data[0].id;
                          ^
stripe.list_disputes gave { object: string, has_more: boolean, data: an array (0 items) }

Calls that had been made (1):
stripe.list_disputes ok (N ms)
*/
