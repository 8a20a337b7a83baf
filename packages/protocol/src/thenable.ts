/**
 * Whether a value has to be awaited. It is told by its shape: if an application has replaced the global `Promise`, what an `async`
 * function returns is not an instance of it, and must not be taken for a result.
 */
export function isThenable<T>(value: T): value is Extract<T, PromiseLike<unknown>> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
}
