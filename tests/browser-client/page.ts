import { type BrowserClient, type BrowserClientOptions, createBrowserClient } from '@bailiwick/client/browser'

declare global {
  interface Window {
    /** What the page is configured with, and how its worker is disturbed: from the server of the page. */
    readonly setup: { readonly options: BrowserClientOptions; readonly workerQuery: string | undefined }
    client: BrowserClient
    /** Makes another. */
    create: typeof createBrowserClient
    /** What `handlePage` gave. */
    ready: ReturnType<BrowserClient['handlePage']>
    /** Every state that was told, in turn. */
    states: string[]
  }
}

const { options, workerQuery } = window.setup
const worker = () => new Worker(`/assets/disturbed-worker.js?${workerQuery}`, { type: 'module' })
window.client = createBrowserClient({ ...options, ...(workerQuery !== undefined && { worker }) })
window.create = createBrowserClient
window.states = []
window.client.subscribe(({ status }) => window.states.push(status))
window.ready = window.client.handlePage()
