/** The part of the global `fetch` that is used here. Pass your own for a proxy, a client certificate or a fake network. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>
