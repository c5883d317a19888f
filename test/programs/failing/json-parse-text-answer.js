const answer = await stripe.search_stripe_documentation({ question: "refunds" });
const articles = JSON.parse(answer);
return articles.length;
/* @expect throws
SyntaxError: Unexpected token 'N', "No article"... is not valid JSON
    at program.js:2:23
2 | const articles = JSON.parse(answer);
                          ^
stripe.search_stripe_documentation gave the text "No article about refunds."

Calls that had been made (1):
stripe.search_stripe_documentation ok (N ms)
*/
