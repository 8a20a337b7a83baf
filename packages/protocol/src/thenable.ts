/**
 * Whether something has to be waited for. By its shape: where an application has put another `Promise` in the place of the global one,
 * what an `async` function gives is no instance of it, and must not be taken for the answer.
 */
export function isThenable<T>(value: T): value is Extract<T, PromiseLike<unknown>> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
}
