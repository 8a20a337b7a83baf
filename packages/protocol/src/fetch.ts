/** The part of the global `fetch` that is used here: pass your own to add a proxy, a client certificate or a fake network. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>
