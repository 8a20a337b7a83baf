import { createServer } from 'node:net'

/** A port of loopback on which somebody else listens, until it is disposed of. */
export async function takePort(): Promise<AsyncDisposable & { readonly port: number }> {
  const other = createServer()
  await new Promise<void>((resolve) => {
    other.listen(0, '127.0.0.1', resolve)
  })
  const address = other.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    [Symbol.asyncDispose]: () => new Promise((resolve) => other.close(() => resolve())),
  }
}
