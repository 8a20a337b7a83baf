/** Web Locks, of which Node has none before 24: one holder of a name at a time, and those who wait until their signal says otherwise. */
export function createLocks() {
  const held = new Map<string, Promise<unknown>>()
  return {
    async request<Result>(name: string, { signal }: { signal: AbortSignal }, work: () => Promise<Result>): Promise<Result> {
      const before = held.get(name)
      let letGo = () => {}
      const mine = new Promise<void>((resolve) => (letGo = resolve))
      held.set(name, Promise.all([before, mine]))
      try {
        await Promise.race([
          before,
          new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
        ])
        return await work()
      } finally {
        letGo()
      }
    },
  }
}
