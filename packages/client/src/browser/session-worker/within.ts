/** Waits for work that long, and no longer: the work itself goes on. Some browsers have opened a database neither well nor badly, for ever. */
export function within<Result>(timeoutMs: number, work: Promise<Result>, message: string): Promise<Result> {
  return new Promise((resolve, reject) => {
    AbortSignal.timeout(timeoutMs).onabort = () => reject(new Error(message))
    work.then(resolve, reject)
  })
}
