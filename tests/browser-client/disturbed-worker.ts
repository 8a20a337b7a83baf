import '@bailiwick/client/browser/worker'

/** The worker with a clock that a test can set, with a storage that does not work, or deaf to what other tabs tell. */
const query = new URLSearchParams(location.search)
const realNow = Date.now.bind(Date)
let aheadMs = Number(query.get('aheadMs'))
Date.now = () => realNow() + aheadMs
new BroadcastChannel('clock').onmessage = ({ data }: MessageEvent<number>) => {
  aheadMs = data
}
if (query.has('noIndexedDb')) Object.defineProperty(globalThis, 'indexedDB', { value: undefined })
if (query.has('deaf')) Object.defineProperty(BroadcastChannel.prototype, 'onmessage', { set: () => {} })
// A database that opens neither well nor badly.
if (query.has('silentIndexedDb')) Object.defineProperty(IDBFactory.prototype, 'open', { value: () => ({}) })
/** From now on, the storage takes none of these. */
function refuse(methods: readonly ('put' | 'delete')[]): void {
  for (const method of methods) {
    IDBObjectStore.prototype[method] = function (this: IDBObjectStore): never {
      this.transaction.abort()
      throw new DOMException('', 'QuotaExceededError')
    }
  }
}
new BroadcastChannel('storage').onmessage = ({ data }: MessageEvent<('put' | 'delete')[]>) => refuse(data)
// From now on, so many reads of the storage fail.
let failures = 0
const get: IDBObjectStore['get'] = Reflect.get(IDBObjectStore.prototype, 'get')
IDBObjectStore.prototype.get = function (this: IDBObjectStore, key) {
  if (failures-- > 0) throw new DOMException('', 'UnknownError')
  return get.call(this, key)
}
new BroadcastChannel('failures').onmessage = ({ data }: MessageEvent<number>) => {
  failures = data
}
