import '@bailiwick/client/browser/worker'

/** The worker with a clock that a test can set, or without what it would store in, or deaf to what other tabs tell. */
const query = new URLSearchParams(location.search)
const realNow = Date.now.bind(Date)
let aheadMs = Number(query.get('aheadMs'))
Date.now = () => realNow() + aheadMs
new BroadcastChannel('clock').onmessage = ({ data }: MessageEvent<number>) => {
  aheadMs = data
}
if (query.has('noIndexedDb')) Object.defineProperty(globalThis, 'indexedDB', { value: undefined })
if (query.has('deaf')) Object.defineProperty(BroadcastChannel.prototype, 'onmessage', { set: () => {} })
