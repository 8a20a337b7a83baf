/** How long to wait, and the error for a longer time. */
export interface TimeLimit {
  readonly timeoutMs: number
  readonly onTimeout: () => Error
}

/** What a promise comes to, or the error if that takes too long. What comes later is dropped; no timer is left behind. */
export async function withinTime<T>(promise: Promise<T>, { timeoutMs, onTimeout }: TimeLimit): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const ended = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(onTimeout()), timeoutMs)
  })
  try {
    return await Promise.race([promise, ended])
  } finally {
    clearTimeout(timer)
  }
}
