/**
 * Waits for work of somebody else, for a while of real time: the issuer's clock may stand still.
 *
 * @param work is given a signal that aborts when the time is over
 * @returns what the work resolves with
 * @throws what the work throws, or `onTimeout()`; what becomes of the work after that is nobody's concern
 */
export async function withinTime<Result>(
  timeoutMs: number,
  work: (signal: AbortSignal) => Result | Promise<Result>,
  onTimeout: () => Error,
): Promise<Result> {
  const controller = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(onTimeout())
      controller.abort()
    }, timeoutMs)
  })
  try {
    return await Promise.race([work(controller.signal), timeout])
  } finally {
    clearTimeout(timer)
  }
}
