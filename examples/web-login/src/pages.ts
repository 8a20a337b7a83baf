import { html } from 'hono/html'

/** An order as the API tells of it. */
export interface Order {
  readonly id: string
  readonly item: string
  readonly status: 'placed' | 'refunded'
}

/** What is interpolated is escaped by `html`. */
const page = (content: ReturnType<typeof html>) =>
  html`<!doctype html>
    <html lang="en">
      <meta charset="utf-8" />
      <title>Pencil shop</title>
      <body>
        ${content}
      </body>
    </html>`

export const welcomePage = () =>
  page(
    html`<h1>Pencil shop</h1>
      <p><a href="/login?returnTo=/orders">Log in</a> to see your orders.</p>`,
  )

export const ordersPage = (name: string, orders: readonly Order[]) =>
  page(
    html`<h1>Orders of ${name}</h1>
      ${orders.map(({ id, item, status }) => html`<p>${item}: ${status} ${status === 'placed' ? refundButton(id, item) : ''}</p>`)}
      <form method="post" action="/logout"><button>Log out</button></form>`,
  )

const refundButton = (id: string, item: string) =>
  html`<form method="post" action="/orders/${id}/refund"><button>Refund ${item}</button></form>`

/** Says what happened. It has a link to log in, and no redirect: where the server logs in without asking, that would go round in circles. */
export const messagePage = (message: string) =>
  page(
    html`<p role="alert">${message}</p>
      <p><a href="/login?returnTo=/orders">Log in</a></p>`,
  )
