import { vi } from 'vitest'

/** What Workers say to whoever waits for a promise whose request is over. */
export const platformError = new Error('The promise was awaited by another request, and will never settle.')

/**
 * Work that Workers end together with the request that began it, when the test says so: whoever began it never hears of it again, and
 * whoever joined it is told by an error of the platform.
 */
export function cutOffWork<T>(): { promise: Promise<T>; cutOff: () => void } {
  const never = new Promise<never>(() => {})
  let cutOff = () => {}
  const ofOthers = new Promise<never>((_, reject) => (cutOff = () => reject(platformError)))
  ofOthers.catch(() => {})
  const promise = new Promise<T>(() => {})
  // Whoever began it listens for its value too; those who joined listen for its failure alone.
  vi.spyOn(promise, 'then').mockImplementation((fulfilled, rejected) =>
    typeof fulfilled === 'function' ? never : ofOthers.then(fulfilled, rejected),
  )
  return { promise, cutOff }
}

/** Has the next who wait for what others have begun be told that it was cut off; what they have begun must never settle. */
export function cutOffForNext(waiters = 1): void {
  const spy = vi.spyOn(Promise.prototype, 'catch')
  for (let told = 0; told < waiters; told += 1) {
    spy.mockImplementationOnce((handler) => Promise.reject(platformError).then(undefined, handler))
  }
}
