/** A time limit, and the error for exceeding it. */
export interface TimeLimit {
  readonly timeoutMs: number
  readonly onTimeout: () => Error
}

/** The result of a promise, or the error if it takes too long. A late result is ignored; no timer is left behind. */
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
