/**
 * Waits for work of somebody else for so many milliseconds of real time at most. What comes later is passed over, and the work is not ended.
 *
 * @throws {Error} saying what took too long; and what the work throws
 */
export async function withTimeLimit<T>(what: string, limitMs: number, work: () => T | Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${limitMs} ms.`)), limitMs)
  })
  try {
    return await Promise.race([work(), late])
  } finally {
    clearTimeout(timer)
  }
}
