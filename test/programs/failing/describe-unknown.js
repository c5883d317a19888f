return await codemode.describe("stripe.create_charge");
/* @expect throws
ToolError: There is no tool "create_charge" in stripe. Did you mean:
  stripe.create_coupon(input: { name: string; percent_off?: number; amount_off: number; currency?: string; duration?: "once" | "repeating" | "forever"; duration_in_months?: number }): Promise<any>
  stripe.create_price(input: { product: string; unit_amount: number; currency: string }): Promise<any>
  stripe.create_customer(input: { name: string; email?: string }): Promise<any>
Use codemode.search("...", { namespace: "stripe" }) to find a tool.
    at program.js:1:8
1 | return await codemode.describe("stripe.create_charge");
           ^
*/
